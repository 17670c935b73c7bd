/** Which alerts stay quiet, until when, by whose hand. */
@NullMarked
package io.tocsin.silence;

import org.jspecify.annotations.NullMarked;

/** The incident's story, gaps measured, drafted from its events. */
@NullMarked
package io.tocsin.postmortem;

import org.jspecify.annotations.NullMarked;

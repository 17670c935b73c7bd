/** Names and values that identify a series, and matchers that pick them. */
@NullMarked
package io.tocsin.label;

import org.jspecify.annotations.NullMarked;

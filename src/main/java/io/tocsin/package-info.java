/**
 * Parts built by hand, started in order, stopped in reverse; the CLI; the only maker of an {@code
 * InstantSource}.
 */
@NullMarked
package io.tocsin;

import org.jspecify.annotations.NullMarked;

/**
 * Firing alerts grouped into one piece of trouble with a severity, clocks, an owner and a timeline.
 */
@NullMarked
package io.tocsin.incident;

import org.jspecify.annotations.NullMarked;

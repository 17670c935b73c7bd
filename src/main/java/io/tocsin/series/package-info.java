/** The recent past in memory: append, select, forget. */
@NullMarked
package io.tocsin.series;

import org.jspecify.annotations.NullMarked;

/** Distances and significance tests between two samples: numbers and counts in, numbers out. */
@NullMarked
package io.tocsin.drift.measure;

import org.jspecify.annotations.NullMarked;

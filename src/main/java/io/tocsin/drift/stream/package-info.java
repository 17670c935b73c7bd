/** Change detectors: a stream in, one value at a time; stable, warning or drift out. */
@NullMarked
package io.tocsin.drift.stream;

import org.jspecify.annotations.NullMarked;

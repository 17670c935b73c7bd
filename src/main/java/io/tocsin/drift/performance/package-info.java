/** How good are a model's answers: metrics with intervals, calibration, estimates without truth. */
@NullMarked
package io.tocsin.drift.performance;

import org.jspecify.annotations.NullMarked;

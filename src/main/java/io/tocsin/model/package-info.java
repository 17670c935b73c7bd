/**
 * Watched ML models: predictions in, reference and current windows, quality, drift, daily report.
 */
@NullMarked
package io.tocsin.model;

import org.jspecify.annotations.NullMarked;

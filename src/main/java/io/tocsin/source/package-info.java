/** Metrics held elsewhere: rules asked of any Prometheus-compatible HTTP API. */
@NullMarked
package io.tocsin.source;

import org.jspecify.annotations.NullMarked;

/** Our own metrics, health and logs: we are watched as we watch. */
@NullMarked
package io.tocsin.telemetry;

import org.jspecify.annotations.NullMarked;

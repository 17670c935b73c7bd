/** Objectives, error budgets, burn rates, uptime and SLA reports. */
@NullMarked
package io.tocsin.slo;

import org.jspecify.annotations.NullMarked;

/** Boards and data sources for Grafana: typed sources, their JSON, and how they get there. */
@NullMarked
package io.tocsin.grafana;

import org.jspecify.annotations.NullMarked;

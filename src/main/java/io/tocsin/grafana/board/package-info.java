/** The boards themselves, one file each: what is shown, in which order, and what it means. */
@NullMarked
package io.tocsin.grafana.board;

import org.jspecify.annotations.NullMarked;

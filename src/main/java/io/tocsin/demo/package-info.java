/**
 * A simulated company on loopback, with faults on a schedule, for the first look at the product.
 */
@NullMarked
package io.tocsin.demo;

import org.jspecify.annotations.NullMarked;

/** How each watched model is doing now: green, yellow or red, and why. */
@NullMarked
package io.tocsin.model.health;

import org.jspecify.annotations.NullMarked;

/** One breach's life: pending, firing, resolved, muted by what. */
@NullMarked
package io.tocsin.alert;

import org.jspecify.annotations.NullMarked;

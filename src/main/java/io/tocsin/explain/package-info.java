/** Why was I (not) paged: an alert's whole path. */
@NullMarked
package io.tocsin.explain;

import org.jspecify.annotations.NullMarked;

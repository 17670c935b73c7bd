/** The query language: text to expression to vector. */
@NullMarked
package io.tocsin.promql;

import org.jspecify.annotations.NullMarked;

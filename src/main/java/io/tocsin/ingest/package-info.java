/** Bytes in a known format become samples; limits and rejects counted. */
@NullMarked
package io.tocsin.ingest;

import org.jspecify.annotations.NullMarked;

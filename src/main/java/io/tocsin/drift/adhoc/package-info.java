/** Questions asked by hand: two samples or a stream in a request, measured and judged at once. */
@NullMarked
package io.tocsin.drift.adhoc;

import org.jspecify.annotations.NullMarked;

/** One check's verdict: up, down or unknown, and whose fault it is. */
@NullMarked
package io.tocsin.check;

import org.jspecify.annotations.NullMarked;

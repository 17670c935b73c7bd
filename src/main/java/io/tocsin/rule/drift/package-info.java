/** What a drift rule asks of a model, how it measures it, and when that is worth an alert. */
@NullMarked
package io.tocsin.rule.drift;

import org.jspecify.annotations.NullMarked;

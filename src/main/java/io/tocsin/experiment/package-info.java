/**
 * A/B experiments: variants by hash, exposures and outcomes in, an effect that may be peeked at.
 */
@NullMarked
package io.tocsin.experiment;

import org.jspecify.annotations.NullMarked;

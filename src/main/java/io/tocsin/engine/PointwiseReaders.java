package io.tocsin.engine;

import io.tocsin.alert.Evaluation;
import io.tocsin.series.SampleBatch;
import java.util.List;

/** The rules that can be evaluated for single series, found by the series that got samples. */
@FunctionalInterface
public interface PointwiseReaders {

  /**
   * Evaluates every pointwise rule that reads a series of the batch, at each sample's timestamp in
   * order, for just the alerts of that series. The samples are readable already. Samples older than
   * the look-back give nothing.
   */
  List<Evaluation> evaluate(SampleBatch batch);
}

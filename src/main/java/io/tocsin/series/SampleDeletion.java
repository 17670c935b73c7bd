package io.tocsin.series;

import io.tocsin.label.Matcher;
import java.util.List;

/** Samples that are to be no more. */
@FunctionalInterface
public interface SampleDeletion {

  /**
   * Deletes the samples in {@code [fromMillis, toMillis]} of series that satisfy every matcher of
   * at least one set, for good. Samples that arrive meanwhile may stay. Blocks.
   */
  void delete(List<List<Matcher>> matcherSets, long fromMillis, long toMillis);
}

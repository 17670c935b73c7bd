package io.tocsin.model.report;

import io.tocsin.drift.NumericReference;
import io.tocsin.drift.Window;
import io.tocsin.model.Sides;
import io.tocsin.model.report.ModelReport.Band;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows by confidence in about ten bands. Raw values are counted in tenths; of counts only the edges
 * they were counted at can part bands, so there the edges nearest to the tenths do: the counts are
 * exact either way.
 */
final class ConfidenceBands {

  private static final int BANDS = 10;

  private ConfidenceBands() {}

  static List<Band> of(Sides sides) {
    return switch (sides.window()) {
      case Window.Values(double[] values) -> tenths(values);
      case Window.BinCounts(long[] counts) ->
          sides.reference() instanceof NumericReference bins
              ? nearTenths(counts, bins.edges())
              : List.of();
      case Window.Categories ignored -> List.of();
    };
  }

  private static List<Band> tenths(double[] values) {
    var rows = new long[BANDS];
    for (double value : values) {
      rows[(int) Math.clamp((long) Math.ceil(value * BANDS) - 1, 0, BANDS - 1)]++;
    }
    var bands = new ArrayList<Band>();
    for (int i = 0; i < BANDS; i++) {
      if (rows[i] > 0) {
        bands.add(new Band((double) i / BANDS, (double) (i + 1) / BANDS, rows[i]));
      }
    }
    return bands;
  }

  private static List<Band> nearTenths(long[] counts, double[] edges) {
    if (counts.length != edges.length + 1) {
      return List.of();
    }
    var parting = new boolean[edges.length];
    for (int tenth = 1; tenth < BANDS && edges.length > 0; tenth++) {
      parting[nearest(edges, (double) tenth / BANDS)] = true;
    }
    var bands = new ArrayList<Band>();
    double low = 0;
    long rows = 0;
    for (int i = 0; i < counts.length; i++) {
      rows += counts[i];
      boolean last = i == edges.length;
      if (last || parting[i]) {
        double high = last ? 1 : edges[i];
        if (rows > 0) {
          bands.add(new Band(low, high, rows));
        }
        low = high;
        rows = 0;
      }
    }
    return bands;
  }

  private static int nearest(double[] edges, double wanted) {
    int place = Arrays.binarySearch(edges, wanted);
    if (place >= 0) {
      return place;
    }
    int above = Math.min(-place - 1, edges.length - 1);
    int below = Math.max(above - 1, 0);
    return wanted - edges[below] <= edges[above] - wanted ? below : above;
  }
}

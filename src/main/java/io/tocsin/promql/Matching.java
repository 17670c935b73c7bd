package io.tocsin.promql;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How elements of two vectors find each other.
 *
 * @param on whether {@code labels} are the only ones compared ({@code on}) or the ones left out
 *     ({@code ignoring})
 * @param labels the names after {@code on} or {@code ignoring}
 * @param group which side may have several elements for one of the other
 * @param include labels copied from the "one" side ({@code group_left(a, b)})
 * @param fill values that stand in for elements without a partner
 */
public record Matching(
    boolean on, List<String> labels, Group group, List<String> include, Fill fill) {

  /**
   * What stands in for a missing element of a side ({@code fill_left(0)}).
   *
   * @see <a
   *     href="https://prometheus.io/docs/prometheus/latest/querying/operators/#filling-in-missing-matches">
   *     Filling in missing matches</a>
   */
  public record Fill(OptionalDouble left, OptionalDouble right) {
    /** An element without a partner is left out. */
    public static final Fill NONE = new Fill(OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** Which side is the "many". */
  public enum Group {
    NONE(""),
    LEFT("group_left"),
    RIGHT("group_right");

    private final String keyword;

    Group(String keyword) {
      this.keyword = keyword;
    }

    String keyword() {
      return keyword;
    }
  }

  /** All labels but the metric name, one to one. */
  public static final Matching DEFAULT =
      new Matching(false, List.of(), Group.NONE, List.of(), Fill.NONE);

  public Matching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
  }
}

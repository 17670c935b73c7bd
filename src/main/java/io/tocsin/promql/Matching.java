package io.tocsin.promql;

import java.util.List;

/**
 * How elements of two vectors find each other.
 *
 * @param on whether {@code labels} are the only ones compared ({@code on}) or the ones left out
 *     ({@code ignoring})
 * @param labels the names after {@code on} or {@code ignoring}
 * @param group which side may have several elements for one of the other
 * @param include labels copied from the "one" side ({@code group_left(a, b)})
 */
public record Matching(boolean on, List<String> labels, Group group, List<String> include) {

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
  public static final Matching DEFAULT = new Matching(false, List.of(), Group.NONE, List.of());

  public Matching {
    labels = List.copyOf(labels);
    include = List.copyOf(include);
  }
}

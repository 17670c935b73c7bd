package io.tocsin.incident;

import io.tocsin.alert.Alert;
import java.util.ArrayList;
import java.util.List;

/**
 * The alerts that an incident explains: children of something that fails, or what a rule of
 * inhibition keeps quiet.
 *
 * @param children those that were named, in order, at most {@link #MOST}
 * @param more whether there were more than are named
 */
public record Masked(List<Child> children, boolean more) {

  /** It explains nothing. */
  public static final Masked NONE = new Masked(List.of(), false);

  /** The most that are named. */
  public static final int MOST = 100;

  /**
   * One of them.
   *
   * @param fingerprint by which it can be asked for
   * @param summary a line for people
   */
  public record Child(String fingerprint, String summary) {
    static Child of(Alert alert) {
      return new Child(alert.key().fingerprint(), alert.summary());
    }
  }

  public Masked {
    children = List.copyOf(children);
  }

  boolean names(String fingerprint) {
    return children.stream().anyMatch(child -> child.fingerprint().equals(fingerprint));
  }

  Masked with(Change.AlertsMasked change) {
    var all = new ArrayList<>(children);
    all.addAll(change.children());
    return new Masked(all, more || change.more());
  }
}

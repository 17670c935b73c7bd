package io.tocsin.model;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The kind of each feature and of the answer, fixed by first sight. Thread-safe, since requests are
 * read side by side.
 */
public final class Schema {

  private static final String ANSWER = "";

  private final Map<String, ValueKind> kinds = new ConcurrentHashMap<>();
  private final int most;

  private Schema(int most) {
    this.most = most;
  }

  /** A schema of at most {@link Intake#MOST_FEATURES} features. */
  static Schema bounded() {
    return new Schema(Intake.MOST_FEATURES + 1);
  }

  /** For rows that no model watches yet. */
  static Schema unbounded() {
    return new Schema(Integer.MAX_VALUE);
  }

  /**
   * The kind of a feature; the given one from now on when it was not known. Empty when there is no
   * room for it.
   */
  Optional<ValueKind> feature(String name, ValueKind found) {
    ValueKind known = kinds.get(name);
    if (known == null) {
      if (kinds.size() >= most) {
        return Optional.empty();
      }
      known = kinds.putIfAbsent(name, found);
    }
    return Optional.of(known == null ? found : known);
  }

  /** The kind of the answer, as {@link #feature}. */
  ValueKind answer(ValueKind found) {
    ValueKind known = kinds.putIfAbsent(ANSWER, found);
    return known == null ? found : known;
  }

  /** The kind of the answer, while anything is known of it. */
  Optional<ValueKind> answer() {
    return Optional.ofNullable(kinds.get(ANSWER));
  }

  /** The kind of a feature, when it is known. */
  Optional<ValueKind> feature(String name) {
    return Optional.ofNullable(kinds.get(name));
  }

  /** A baseline has the last word. */
  void settle(String name, ValueKind kind) {
    kinds.put(name, kind);
  }
}

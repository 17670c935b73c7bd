package io.tocsin.label;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One condition on one label, as in {@code job="api"} or {@code path=~"/v1/.*"}. Regular
 * expressions are RE2 and anchored at both ends; an absent label counts as {@code ""}.
 */
public final class Matcher {

  /** How the value is compared. */
  public enum Op {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String symbol;

    Op(String symbol) {
      this.symbol = symbol;
    }

    /** The operator as written in PromQL. */
    public String symbol() {
      return symbol;
    }
  }

  private final String name;
  private final Op op;
  private final String value;
  private final @Nullable Pattern pattern;

  private Matcher(String name, Op op, String value, @Nullable Pattern pattern) {
    this.name = name;
    this.op = op;
    this.value = value;
    this.pattern = pattern;
  }

  /**
   * A condition on the named label.
   *
   * @throws IllegalArgumentException when the regular expression is not valid RE2; the message says
   *     where
   */
  public static Matcher of(String name, Op op, String value) {
    boolean regex = op == Op.REGEX || op == Op.NOT_REGEX;
    try {
      return new Matcher(
          name, op, value, regex ? BoundedRegex.compile("^(?s:" + value + ")$") : null);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "invalid regular expression " + name + op.symbol + "\"" + value + "\": " + e.getMessage(),
          e);
    }
  }

  /** Shorthand for {@code name="value"}. */
  public static Matcher equal(String name, String value) {
    return of(name, Op.EQUAL, value);
  }

  public String name() {
    return name;
  }

  public Op op() {
    return op;
  }

  public String value() {
    return value;
  }

  /** Whether a label value satisfies the condition; {@code ""} stands for an absent label. */
  public boolean matches(String candidate) {
    return switch (op) {
      case EQUAL -> candidate.equals(value);
      case NOT_EQUAL -> !candidate.equals(value);
      case REGEX -> found(candidate);
      case NOT_REGEX -> !found(candidate);
    };
  }

  private boolean found(String candidate) {
    return Objects.requireNonNull(pattern).matcher(candidate).find();
  }

  /** Whether these labels satisfy the condition. */
  public boolean matches(Labels labels) {
    return matches(labels.get(name));
  }

  /** Whether the labels satisfy every condition; true for none. */
  public static boolean all(List<Matcher> matchers, Labels labels) {
    for (Matcher matcher : matchers) {
      if (!matcher.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matcher that
        && name.equals(that.name)
        && op == that.op
        && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, op, value);
  }

  @Override
  public String toString() {
    return name + op.symbol + "\"" + Labels.escape(value) + "\"";
  }
}

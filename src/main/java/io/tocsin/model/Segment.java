package io.tocsin.model;

/**
 * Which rows of a model: all, those of one version, or those that carry one value of a declared
 * label.
 *
 * @param version {@code ""} for any
 * @param label a declared label, {@code ""} for any row
 * @param value of that label
 */
public record Segment(String version, String label, String value) {

  /** Every row. */
  public static final Segment ALL = new Segment("", "", "");

  /** What is counted together once there are too many versions or values. */
  public static final String OTHER = "(other)";

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException for a value without a label, or a version beside a label
   */
  public Segment {
    if (label.isEmpty() != value.isEmpty() || (!label.isEmpty() && !version.isEmpty())) {
      throw new IllegalArgumentException(
          "rows are picked by a version, or by a label and its value, found version \"%s\", label \"%s\", value \"%s\""
              .formatted(version, label, value));
    }
  }

  /** Rows of one version. */
  public static Segment version(String version) {
    return new Segment(version, "", "");
  }

  /** Rows with a value of a declared label. */
  public static Segment slice(String label, String value) {
    return new Segment("", label, value);
  }

  /** For messages and labels: {@code all}, {@code version v3}, {@code region=eu}. */
  public String words() {
    if (!label.isEmpty()) {
      return label + "=" + value;
    }
    return version.isEmpty() ? "all" : "version " + version;
  }
}

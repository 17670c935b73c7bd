package io.tocsin.probe;

import java.util.BitSet;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A set of HTTP status codes written as {@code 200}, {@code 2xx}, {@code 200-204} or several. */
final class StatusSet {

  private static final Pattern FORM = Pattern.compile("([1-5])xx|([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");

  private final String written;
  private final BitSet codes = new BitSet(600);

  private StatusSet(String written) {
    this.written = written;
  }

  /**
   * @throws IllegalArgumentException when one is malformed
   */
  static StatusSet parse(Collection<String> texts) {
    var set = new StatusSet(String.join(" or ", texts));
    for (String text : texts) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new IllegalArgumentException(text);
      }
      if (form.group(1) != null) {
        int first = Integer.parseInt(form.group(1)) * 100;
        set.codes.set(first, first + 100);
      } else {
        int first = Integer.parseInt(form.group(2));
        int last = form.group(3) == null ? first : Integer.parseInt(form.group(3));
        set.codes.set(first, Math.max(first, last) + 1);
      }
    }
    return set;
  }

  boolean contains(int status) {
    return codes.get(status);
  }

  @Override
  public String toString() {
    return written;
  }
}

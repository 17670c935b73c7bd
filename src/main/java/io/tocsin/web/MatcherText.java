package io.tocsin.web;

import java.util.Map;

/** Labels as matchers, the way people type them. */
public final class MatcherText {

  private MatcherText() {}

  /** Matchers of just this alert, for the form of a silence. */
  public static String of(Map<String, String> labels) {
    var text = new StringBuilder("{");
    labels.forEach(
        (name, value) ->
            text.append(text.length() == 1 ? "" : ", ")
                .append(name)
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"'));
    return text.append('}').toString();
  }
}

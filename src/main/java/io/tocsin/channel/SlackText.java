package io.tocsin.channel;

/**
 * Text for Slack, its three control characters as entities. Half an entity is shown as it stands,
 * so a text is cut between two of them; the limit counts what is sent.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text#escaping">Escaping
 *     text</a>
 */
final class SlackText {

  private static final String CUT = "…";

  private SlackText() {}

  /** The text with {@code &}, {@code <} and {@code >} escaped. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The same in at most so many characters, cut at a whole character with an ellipsis. */
  static String escape(String text, int most) {
    String whole = escape(text);
    if (whole.length() <= most) {
      return whole;
    }
    var part = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int next = text.offsetByCodePoints(at, 1);
      String each = escape(text.substring(at, next));
      if (part.length() + each.length() + CUT.length() > most) {
        break;
      }
      part.append(each);
      at = next;
    }
    return part.append(CUT).toString();
  }

  /** A link in bold on a line of its own; its label has no break and no end mark of a link. */
  static String link(String url, String label, int most) {
    return "*<" + url + "|" + escape(label.replaceAll("[|\\s]+", " ").strip(), most) + ">*";
  }
}

package io.tocsin.statuspage;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tocsin.template.Markup;
import java.util.Locale;

/**
 * A small sign for other people's pages: what it is about at the left, how it is at the right, in
 * words and in a colour.
 *
 * @param label what it is about
 * @param message how it is
 * @param tone the colour of the right part
 */
public record Badge(String label, String message, Tone tone) {

  private static final int LONGEST = 60;
  private static final int PAD = 8;
  private static final String LABEL_GROUND = "3d4450";

  /** Colours on which white text has a contrast of at least 4.5. */
  public enum Tone {
    GOOD("1e7b4f"),
    AMBER("8f5f00"),
    ORANGE("b5470f"),
    RED("b0122b"),
    BLUE("2563c9"),
    GREY("5f6773");

    private final String hex;

    Tone(String hex) {
      this.hex = hex;
    }

    /** Six hex digits. */
    public String hex() {
      return hex;
    }

    static Tone of(ComponentState state) {
      return switch (state) {
        case OPERATIONAL -> GOOD;
        case UNDER_MAINTENANCE -> BLUE;
        case DEGRADED_PERFORMANCE -> AMBER;
        case PARTIAL_OUTAGE -> ORANGE;
        case MAJOR_OUTAGE -> RED;
        case UNKNOWN -> GREY;
      };
    }
  }

  public Badge {
    label = cut(label);
    message = cut(message);
  }

  private static String cut(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip();
    int length = plain.codePointCount(0, plain.length());
    return length <= LONGEST
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, LONGEST - 1)) + "\u2026";
  }

  /** As an SVG picture of 20 units height; its text is made to fit whatever font there is. */
  public String svg() {
    int left = width(label);
    int right = width(message);
    int wide = left + right + 4 * PAD;
    int edge = left + 2 * PAD;
    String name = Markup.escape(label + ": " + message);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"20\" role=\"img\""
            .formatted(wide)
        + " aria-label=\"%s\"><title>%s</title>".formatted(name, name)
        + "<clipPath id=\"r\"><rect width=\"%d\" height=\"20\" rx=\"4\"/></clipPath>"
            .formatted(wide)
        + "<g clip-path=\"url(#r)\"><rect width=\"%d\" height=\"20\" fill=\"#%s\"/>"
            .formatted(edge, LABEL_GROUND)
        + "<rect x=\"%d\" width=\"%d\" height=\"20\" fill=\"#%s\"/></g>"
            .formatted(edge, wide - edge, tone.hex)
        + "<g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\">"
        + text(PAD, left, label)
        + text(edge + PAD, right, message)
        + "</g></svg>";
  }

  private static String text(int x, int width, String words) {
    return "<text x=\"%d\" y=\"14\" textLength=\"%d\">%s</text>"
        .formatted(x, width, Markup.escape(words));
  }

  /** About how wide it is in Verdana at 11 units. */
  private static int width(String words) {
    double width = words.codePoints().mapToDouble(Badge::width).sum();
    return Math.max(1, (int) Math.ceil(width));
  }

  private static double width(int letter) {
    if (letter >= 0x2E80) {
      return 11;
    }
    if ("iljtfrI.,:;|'!() ".indexOf(letter) >= 0) {
      return 4.3;
    }
    return "mwMW%@\u2026".indexOf(letter) >= 0 ? 10.5 : Character.isUpperCase(letter) ? 7.8 : 7;
  }

  /**
   * As shields.io reads it.
   *
   * @see <a href="https://shields.io/badges/endpoint-badge">shields.io, endpoint badge</a>
   */
  public String shields() {
    return String.format(
        Locale.ROOT,
        "{\"schemaVersion\":1,\"label\":%s,\"message\":%s,\"color\":\"%s\",\"cacheSeconds\":300}",
        quote(label),
        quote(message),
        tone.hex);
  }

  private static String quote(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}

package io.tocsin.template;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Dates by Go's layouts, which write down how the moment Mon Jan 2 15:04:05 MST 2006 would look.
 * Dates are in UTC unless {@code tz} put them elsewhere.
 *
 * @see <a href="https://pkg.go.dev/time#pkg-constants">time, Layout</a>
 */
final class GoTime {

  private record Element(String written, Function<ZonedDateTime, String> shown) {}

  /** Longer ones first where one begins another. */
  private static final List<Element> ELEMENTS =
      List.of(
          new Element("January", d -> d.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)),
          new Element("Jan", d -> d.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)),
          new Element("Monday", d -> day(d, TextStyle.FULL)),
          new Element("Mon", d -> day(d, TextStyle.SHORT)),
          new Element("MST", GoTime::zone),
          new Element("2006", d -> digits(d.getYear(), 4)),
          new Element("002", d -> digits(d.getDayOfYear(), 3)),
          new Element("01", d -> digits(d.getMonthValue(), 2)),
          new Element("02", d -> digits(d.getDayOfMonth(), 2)),
          new Element("03", d -> digits(twelve(d), 2)),
          new Element("04", d -> digits(d.getMinute(), 2)),
          new Element("05", d -> digits(d.getSecond(), 2)),
          new Element("06", d -> digits(d.getYear() % 100, 2)),
          new Element("15", d -> digits(d.getHour(), 2)),
          new Element("_2", d -> String.format(Locale.ROOT, "%2d", d.getDayOfMonth())),
          new Element("1", d -> Integer.toString(d.getMonthValue())),
          new Element("2", d -> Integer.toString(d.getDayOfMonth())),
          new Element("3", d -> Integer.toString(twelve(d))),
          new Element("4", d -> Integer.toString(d.getMinute())),
          new Element("5", d -> Integer.toString(d.getSecond())),
          new Element("PM", d -> d.getHour() < 12 ? "AM" : "PM"),
          new Element("pm", d -> d.getHour() < 12 ? "am" : "pm"),
          new Element("-07:00", d -> offset(d, false, "+HH:MM")),
          new Element("-0700", d -> offset(d, false, "+HHMM")),
          new Element("-07", d -> offset(d, false, "+HH")),
          new Element("Z07:00", d -> offset(d, true, "+HH:MM")),
          new Element("Z0700", d -> offset(d, true, "+HHMM")),
          new Element("Z07", d -> offset(d, true, "+HH")));

  private GoTime() {}

  /**
   * The same moment in a time zone such as {@code Europe/Paris}.
   *
   * @throws IllegalArgumentException when there is no such zone
   */
  static ZonedDateTime in(String zone, ZonedDateTime date) {
    try {
      return date.withZoneSameInstant(ZoneId.of(zone.isEmpty() ? "UTC" : zone));
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException("unknown time zone " + zone, unknown);
    }
  }

  /**
   * The short name of the zone where it has one, as {@code CET}, else its offset, as {@code -03}.
   */
  private static String zone(ZonedDateTime date) {
    if (date.getZone().equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    String name = DateTimeFormatter.ofPattern("z", Locale.ENGLISH).format(date);
    return name.matches("[A-Z]{3,5}") ? name : offset(date, false, "+HH");
  }

  private static String offset(ZonedDateTime date, boolean zulu, String pattern) {
    String none = zulu ? "Z" : pattern.replace('H', '0').replace('M', '0');
    return new DateTimeFormatterBuilder()
        .appendOffset(pattern, none)
        .toFormatter(Locale.ROOT)
        .format(date);
  }

  static String format(ZonedDateTime date, String layout) {
    var text = new StringBuilder();
    int at = 0;
    while (at < layout.length()) {
      int fraction = fractionEnd(layout, at);
      if (fraction > at) {
        text.append(fraction(date.getNano(), layout.substring(at, fraction)));
        at = fraction;
        continue;
      }
      Element element = element(layout, at);
      text.append(element.shown().apply(date));
      at += element.written().length();
    }
    return text.toString();
  }

  private static Element element(String layout, int at) {
    for (Element element : ELEMENTS) {
      if (layout.startsWith(element.written(), at)) {
        return element;
      }
    }
    String itself = layout.substring(at, at + 1);
    return new Element(itself, date -> itself);
  }

  /** The end of a fraction such as {@code .000} or {@code ,999} that begins here. */
  private static int fractionEnd(String layout, int at) {
    char c = layout.charAt(at);
    int end = at + 1;
    if ((c != '.' && c != ',') || end == layout.length()) {
      return at;
    }
    char digit = layout.charAt(end);
    if (digit != '0' && digit != '9') {
      return at;
    }
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    boolean goesOn = end < layout.length() && Character.isDigit(layout.charAt(end));
    return goesOn || end - at > 10 ? at : end;
  }

  private static String fraction(int nanos, String written) {
    String digits = digits(nanos, 9).substring(0, written.length() - 1);
    if (written.charAt(1) == '9') {
      digits = digits.replaceAll("0+$", "");
      return digits.isEmpty() ? "" : written.charAt(0) + digits;
    }
    return written.charAt(0) + digits;
  }

  private static String digits(int number, int width) {
    return String.format(Locale.ROOT, "%0" + width + "d", number);
  }

  private static String day(ZonedDateTime date, TextStyle style) {
    return date.getDayOfWeek().getDisplayName(style, Locale.ENGLISH);
  }

  private static int twelve(ZonedDateTime date) {
    int hour = date.getHour() % 12;
    return hour == 0 ? 12 : hour;
  }
}

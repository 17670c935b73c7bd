package io.tocsin.template;

import com.google.re2j.Pattern;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/**
 * Every function of the template language, one entry each: Go's built-in ones and Prometheus' own.
 */
final class TemplateFunctions {

  /** A function's arguments to its value. */
  @FunctionalInterface
  private interface Body {
    Object apply(TemplateFunctions context, List<?> arguments);
  }

  private record Entry(int least, int most, Body body) {}

  private static final java.util.regex.Pattern DURATION =
      java.util.regex.Pattern.compile(
          "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
  private static final long[] UNIT_MILLIS = {
    31_536_000_000L, 604_800_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
  };

  private static final int ANY = Integer.MAX_VALUE;
  private static final Map<String, Entry> TABLE = new HashMap<>();

  static {
    // Go's own
    add("and", 1, ANY, (c, a) -> a.getLast());
    add("or", 1, ANY, (c, a) -> a.getLast());
    add("not", 1, 1, (c, a) -> !Values.isTrue(a.getFirst()));
    add("eq", 2, ANY, (c, a) -> rest(a).stream().anyMatch(b -> Values.same(a.getFirst(), b)));
    add("ne", 2, 2, (c, a) -> !Values.same(a.get(0), a.get(1)));
    add("lt", 2, 2, (c, a) -> Values.less(a.get(0), a.get(1)));
    add("le", 2, 2, (c, a) -> atMost(a.get(0), a.get(1)));
    add("gt", 2, 2, (c, a) -> !atMost(a.get(0), a.get(1)));
    add("ge", 2, 2, (c, a) -> !Values.less(a.get(0), a.get(1)));
    add("len", 1, 1, (c, a) -> BuiltIns.length(a.getFirst()));
    add("index", 1, ANY, (c, a) -> BuiltIns.index(a.getFirst(), rest(a)));
    add("slice", 1, 4, (c, a) -> BuiltIns.slice(a.getFirst(), rest(a)));
    add("print", 0, ANY, (c, a) -> BuiltIns.print(a));
    add("println", 0, ANY, (c, a) -> BuiltIns.println(a));
    add("printf", 1, ANY, (c, a) -> Printf.format(Values.text(a.getFirst()), rest(a)));
    add("html", 0, ANY, (c, a) -> BuiltIns.html(BuiltIns.print(a)));
    add("js", 0, ANY, (c, a) -> BuiltIns.js(BuiltIns.print(a)));
    add("urlquery", 0, ANY, (c, a) -> urlQuery(BuiltIns.print(a)));
    add("call", 1, ANY, (c, a) -> BuiltIns.notAFunction(a.getFirst()));
    // numbers
    add("humanize", 1, 1, (c, a) -> Humanize.number(Values.number(a.getFirst())));
    add("humanize1024", 1, 1, (c, a) -> Humanize.binary(Values.number(a.getFirst())));
    add("humanizeDuration", 1, 1, (c, a) -> Humanize.duration(Values.number(a.getFirst())));
    add("humanizePercentage", 1, 1, (c, a) -> Humanize.percentage(Values.number(a.getFirst())));
    add("humanizeTimestamp", 1, 1, (c, a) -> Humanize.timestamp(Values.number(a.getFirst())));
    add("toTime", 1, 1, (c, a) -> Humanize.time(Values.number(a.getFirst())));
    add("toDuration", 1, 1, (c, a) -> seconds(Values.number(a.getFirst())));
    add("parseDuration", 1, 1, (c, a) -> parseDuration(Values.text(a.getFirst())));
    add("now", 0, 0, (c, a) -> c.scope.at().toEpochMilli() / 1000.0);
    // text
    add("toUpper", 1, 1, (c, a) -> Values.text(a.getFirst()).toUpperCase(Locale.ROOT));
    add("toLower", 1, 1, (c, a) -> Values.text(a.getFirst()).toLowerCase(Locale.ROOT));
    add("title", 1, 1, (c, a) -> title(Values.text(a.getFirst())));
    add("match", 2, 2, (c, a) -> pattern(a.get(0)).matcher(Values.text(a.get(1))).find());
    add("reReplaceAll", 3, 3, (c, a) -> replaceAll(a));
    add("safeHtml", 1, 1, (c, a) -> Values.text(a.getFirst()));
    add("stripPort", 1, 1, (c, a) -> stripPort(Values.text(a.getFirst())));
    add("stripDomain", 1, 1, (c, a) -> stripDomain(Values.text(a.getFirst())));
    add("urlQueryEscape", 1, 1, (c, a) -> urlQuery(Values.text(a.getFirst())));
    // queries
    add("query", 1, 1, (c, a) -> c.queries.query(Values.text(a.getFirst())));
    add("first", 1, 1, (c, a) -> first(Values.list(a.getFirst())));
    add("label", 2, 2, (c, a) -> label(Values.text(a.get(0)), Values.sample(a.get(1))));
    add("value", 1, 1, (c, a) -> Values.sample(a.getFirst()).value());
    add("strvalue", 1, 1, (c, a) -> label("__value__", Values.sample(a.getFirst())));
    add("sortByLabel", 2, 2, (c, a) -> sorted(Values.text(a.get(0)), Values.list(a.get(1))));
    // addresses
    add("externalURL", 0, 0, (c, a) -> c.scope.externalUrl());
    add("pathPrefix", 0, 0, (c, a) -> pathPrefix(c.scope.externalUrl()));
    add("graphLink", 1, 1, (c, a) -> "/graph?g0.expr=" + graph(a) + "&g0.tab=0");
    add("tableLink", 1, 1, (c, a) -> "/graph?g0.expr=" + graph(a) + "&g0.tab=1");
    // Alertmanager's
    add("join", 2, 2, (c, a) -> join(Values.text(a.get(0)), Values.list(a.get(1))));
    add("stringSlice", 0, ANY, (c, a) -> List.copyOf(a));
    add("date", 2, 2, (c, a) -> GoTime.format(Methods.date(a.get(1)), Values.text(a.get(0))));
    add("tz", 2, 2, (c, a) -> GoTime.in(Values.text(a.get(0)), Methods.date(a.get(1))));
    add("since", 1, 1, (c, a) -> Methods.between(a.getFirst(), c.scope.at()));
    add("trimSpace", 1, 1, (c, a) -> Values.text(a.getFirst()).strip());
    // collections
    add("args", 0, ANY, (c, a) -> numbered(a));
  }

  private final AlertScope scope;
  private final QueryPort queries;

  TemplateFunctions(AlertScope scope, QueryPort queries) {
    this.scope = scope;
    this.queries = queries;
  }

  private static void add(String name, int least, int most, Body body) {
    TABLE.put(name, new Entry(least, most, body));
  }

  private static String join(String between, List<?> parts) {
    return parts.stream().map(GoFormat::print).collect(Collectors.joining(between));
  }

  static boolean isKnown(String name) {
    return TABLE.containsKey(name);
  }

  Object call(String name, List<?> arguments) {
    Entry entry = TABLE.get(name);
    if (entry == null || arguments.size() < entry.least() || arguments.size() > entry.most()) {
      throw new IllegalArgumentException("wrong number of arguments: got " + arguments.size());
    }
    return entry.body().apply(this, arguments);
  }

  private static List<?> rest(List<?> arguments) {
    return arguments.subList(1, arguments.size());
  }

  private static boolean atMost(Object a, Object b) {
    return Values.less(a, b) || Values.same(a, b);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  /** The seconds of a duration such as {@code 1h2m}; a sign may stand before it. */
  private static double parseDuration(String text) {
    boolean negative = text.startsWith("-");
    Matcher found = DURATION.matcher(negative ? text.substring(1) : text);
    boolean none = text.isEmpty() || text.equals("-");
    if (none || !(found.matches() || text.equals("0"))) {
      throw new IllegalArgumentException("not a valid duration string: \"" + text + "\"");
    }
    double millis = 0;
    for (int i = 0; i < UNIT_MILLIS.length && !text.equals("0"); i++) {
      String count = found.group(i + 1);
      millis += count == null ? 0 : Double.parseDouble(count) * UNIT_MILLIS[i];
    }
    return (negative ? -millis : millis) / 1000;
  }

  private static String urlQuery(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  private static String graph(List<?> arguments) {
    return urlQuery(Values.text(arguments.getFirst()));
  }

  /** Each word's first letter in upper case; an apostrophe or a dot inside a word is part of it. */
  private static String title(String text) {
    var titled = new StringBuilder(text);
    for (int i = 0; i < titled.length(); i++) {
      if (!insideWord(text, i)) {
        titled.setCharAt(i, Character.toTitleCase(titled.charAt(i)));
      }
    }
    return titled.toString();
  }

  private static boolean insideWord(String text, int at) {
    if (at == 0) {
      return false;
    }
    char before = text.charAt(at - 1);
    boolean joined =
        (before == '\'' || before == '.' || before == ':' || before == '\u2019')
            && at > 1
            && Character.isLetter(text.charAt(at - 2));
    return Character.isLetterOrDigit(before) || before == '_' || joined;
  }

  private static Pattern pattern(Object value) {
    return Pattern.compile(Values.text(value));
  }

  private static String replaceAll(List<?> arguments) {
    String text = Values.text(arguments.get(2));
    return Captures.replaceAll(
        pattern(arguments.get(0)).matcher(text), text, Values.text(arguments.get(1)));
  }

  /** Host and port; the port is empty when there is none. */
  private static List<String> hostAndPort(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return List.of(text, "");
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    host = bracketed ? host.substring(1, host.length() - 1) : host;
    boolean one = bracketed ? host.indexOf(']') < 0 : host.indexOf(':') < 0 && !host.contains("[");
    return one ? List.of(host, text.substring(colon + 1)) : List.of(text, "");
  }

  private static String stripPort(String hostPort) {
    return hostAndPort(hostPort).getFirst();
  }

  private static String stripDomain(String hostPort) {
    List<String> parts = hostAndPort(hostPort);
    String host = parts.getFirst();
    int dot = host.indexOf('.');
    if (isAddress(host) || dot < 0) {
      return hostPort;
    }
    return host.substring(0, dot) + (parts.getLast().isEmpty() ? "" : ":" + parts.getLast());
  }

  private static boolean isAddress(String host) {
    return host.contains(":") || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  }

  private static Object first(List<?> list) {
    if (list.isEmpty()) {
      throw new IllegalArgumentException("first() called on vector with no elements");
    }
    return list.getFirst();
  }

  private static String label(String name, QueryPort.Sample sample) {
    return sample.labels().getOrDefault(name, "");
  }

  private static Object sorted(String name, List<?> list) {
    return list.stream()
        .map(Values::sample)
        .sorted(Comparator.comparing(s -> label(name, s)))
        .toList();
  }

  private static String pathPrefix(String url) {
    int scheme = url.indexOf("://");
    int path = url.indexOf('/', scheme < 0 ? 0 : scheme + 3);
    return path < 0 ? "" : url.substring(path);
  }

  private static Object numbered(List<?> arguments) {
    var map = new HashMap<String, Object>();
    for (Object argument : new ArrayList<>(arguments)) {
      map.put("arg" + map.size(), argument);
    }
    return map;
  }
}

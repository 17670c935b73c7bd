package io.tocsin.template;

import com.google.re2j.Pattern;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  private static final int ANY = Integer.MAX_VALUE;
  private static final Map<String, Entry> TABLE = new HashMap<>();

  static {
    // Go's own
    add("and", 1, ANY, (c, a) -> a.getLast());
    add("or", 1, ANY, (c, a) -> a.getLast());
    add("not", 1, 1, (c, a) -> !Values.isTrue(a.getFirst()));
    add("eq", 2, ANY, (c, a) -> rest(a).stream().anyMatch(b -> Values.same(a.getFirst(), b)));
    add("ne", 2, 2, (c, a) -> !Values.same(a.get(0), a.get(1)));
    add("lt", 2, 2, (c, a) -> Values.compare(a.get(0), a.get(1)) < 0);
    add("le", 2, 2, (c, a) -> Values.compare(a.get(0), a.get(1)) <= 0);
    add("gt", 2, 2, (c, a) -> Values.compare(a.get(0), a.get(1)) > 0);
    add("ge", 2, 2, (c, a) -> Values.compare(a.get(0), a.get(1)) >= 0);
    add("len", 1, 1, (c, a) -> length(a.getFirst()));
    add("index", 1, ANY, (c, a) -> index(a.getFirst(), rest(a)));
    add("print", 0, ANY, (c, a) -> joined(a, ""));
    add("println", 0, ANY, (c, a) -> joined(a, " ") + "\n");
    add("printf", 1, ANY, (c, a) -> Printf.format(Values.text(a.getFirst()), rest(a)));
    add("html", 1, 1, (c, a) -> html(GoFormat.print(a.getFirst())));
    add("urlquery", 1, 1, (c, a) -> urlQuery(GoFormat.print(a.getFirst())));
    // numbers
    add("humanize", 1, 1, (c, a) -> Humanize.number(Values.number(a.getFirst())));
    add("humanize1024", 1, 1, (c, a) -> Humanize.binary(Values.number(a.getFirst())));
    add("humanizeDuration", 1, 1, (c, a) -> Humanize.duration(Values.number(a.getFirst())));
    add("humanizePercentage", 1, 1, (c, a) -> Humanize.percentage(Values.number(a.getFirst())));
    add("humanizeTimestamp", 1, 1, (c, a) -> Humanize.timestamp(Values.number(a.getFirst())));
    add("toTime", 1, 1, (c, a) -> Humanize.time(Values.number(a.getFirst())));
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

  private static Object length(Object value) {
    return switch (value) {
      case String text -> (long) text.getBytes(StandardCharsets.UTF_8).length;
      case List<?> list -> (long) list.size();
      case Map<?, ?> map -> (long) map.size();
      default -> throw new IllegalArgumentException("len of type " + GoFormat.type(value));
    };
  }

  private static Object index(Object start, List<?> keys) {
    Object value = start;
    for (Object key : keys) {
      value =
          switch (value) {
            case Map<?, ?> map -> Values.field(map, Values.text(key));
            case List<?> list -> element(list, key);
            default ->
                throw new IllegalArgumentException(
                    "can't index item of type " + GoFormat.type(value));
          };
    }
    return value;
  }

  private static Object element(List<?> list, Object key) {
    if (!(key instanceof Long at) || at < 0 || at >= list.size()) {
      throw new IllegalArgumentException("index out of range: " + GoFormat.print(key));
    }
    return list.get((int) (long) at);
  }

  private static String joined(List<?> values, String separator) {
    return values.stream().map(GoFormat::print).collect(Collectors.joining(separator));
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }

  private static String urlQuery(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String graph(List<?> arguments) {
    return urlQuery(Values.text(arguments.getFirst()));
  }

  /** Each word's first letter in upper case. */
  private static String title(String text) {
    var titled = new StringBuilder(text);
    for (int i = 0; i < titled.length(); i++) {
      boolean starts = i == 0 || !Character.isLetterOrDigit(titled.charAt(i - 1));
      if (starts) {
        titled.setCharAt(i, Character.toTitleCase(titled.charAt(i)));
      }
    }
    return titled.toString();
  }

  private static Pattern pattern(Object value) {
    return Pattern.compile(Values.text(value));
  }

  private static String replaceAll(List<?> arguments) {
    String text = Values.text(arguments.get(2));
    return Captures.replaceAll(
        pattern(arguments.get(0)).matcher(text), text, Values.text(arguments.get(1)));
  }

  private static String stripPort(String hostPort) {
    if (hostPort.startsWith("[")) {
      int end = hostPort.indexOf(']');
      return end < 0 ? hostPort : hostPort.substring(1, end);
    }
    int colon = hostPort.indexOf(':');
    return colon >= 0 && colon == hostPort.lastIndexOf(':')
        ? hostPort.substring(0, colon)
        : hostPort;
  }

  private static String stripDomain(String hostPort) {
    String host = stripPort(hostPort);
    boolean address = host.contains(":") || host.matches("[0-9.]+");
    int dot = host.indexOf('.');
    return address || dot < 0
        ? hostPort
        : host.substring(0, dot) + hostPort.substring(host.length());
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

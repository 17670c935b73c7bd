package io.tocsin.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A page's own address with its filters, so that each filter is a link and Back works.
 *
 * @param fields in order; empty ones are left out
 */
public record Address(String path, Map<String, String> fields) {

  /** A segment of a path or a value of a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /** The same with one field changed, on its first page. */
  public String with(String name, String value) {
    var all = new LinkedHashMap<>(fields);
    all.put(name, value);
    if (!name.equals("page")) {
      all.remove("page");
    }
    return text(all);
  }

  /** Another page of the same list. */
  public String page(int number) {
    return with("page", Integer.toString(number));
  }

  @Override
  public String toString() {
    return text(fields);
  }

  private String text(Map<String, String> all) {
    var query = new StringJoiner("&");
    all.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            query.add(name + "=" + encoded(value));
          }
        });
    return query.length() == 0 ? path : path + "?" + query;
  }
}

package io.tocsin.probe;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.InvalidJsonException;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.spi.json.JacksonJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.tocsin.label.BoundedRegex;
import io.tocsin.settings.Section;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an answer must be like to count as a success.
 *
 * @param status the codes expected
 * @param text a text the body contains
 * @param pattern an RE2 expression found in the body
 * @param json JSONPath expressions and the values they must give, as text
 * @param headers names and a text each value contains
 */
record HttpExpectation(
    StatusSet status,
    Optional<String> text,
    Optional<Pattern> pattern,
    Map<JsonPath, String> json,
    Map<String, String> headers) {

  private static final Configuration JACKSON =
      Configuration.builder()
          .jsonProvider(new JacksonJsonProvider())
          .mappingProvider(new JacksonMappingProvider())
          .build();

  /** Written as {@code expect: {status, body, matches, json: {$.path: value}, headers}}. */
  static HttpExpectation read(Section parent) {
    return parent
        .section("expect")
        .map(HttpExpectation::from)
        .orElseGet(
            () ->
                new HttpExpectation(
                    StatusSet.parse(List.of("2xx")),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Map.of()));
  }

  private static HttpExpectation from(Section section) {
    var expectation =
        new HttpExpectation(
            status(section),
            section.optional("body"),
            section.optional("matches").map(text -> pattern(section, text)),
            json(section),
            section.map("headers"));
    section.done();
    return expectation;
  }

  private static StatusSet status(Section section) {
    List<String> written = section.strings("status");
    try {
      return StatusSet.parse(written.isEmpty() ? List.of("2xx") : written);
    } catch (IllegalArgumentException e) {
      throw section.problem("status", "status codes such as 200, 2xx or 200-204");
    }
  }

  private static Pattern pattern(Section section, String text) {
    try {
      return BoundedRegex.compile(text);
    } catch (PatternSyntaxException e) {
      throw section.problem("matches", "an RE2 expression: " + e.getDescription());
    }
  }

  private static Map<JsonPath, String> json(Section section) {
    var paths = new LinkedHashMap<JsonPath, String>();
    section
        .map("json")
        .forEach(
            (path, value) -> {
              try {
                paths.put(JsonPath.compile(path), value);
              } catch (InvalidPathException e) {
                throw section.problem("json", "\"" + path + "\"", "a JSONPath such as $.status");
              }
            });
    return paths;
  }

  /** Whether the body itself is looked at. */
  boolean readsBody() {
    return text.isPresent() || pattern.isPresent() || !json.isEmpty();
  }

  /** The first thing about an answer that is not as expected; empty when all is. */
  Optional<String> unmet(HttpExchange.Answer answer) {
    if (!status.contains(answer.status())) {
      return Optional.of("status " + answer.status() + ", expected " + status);
    }
    for (var header : headers.entrySet()) {
      Optional<String> value = Optional.ofNullable(answer.headers().get(header.getKey()));
      if (value.isEmpty() || !value.get().contains(header.getValue())) {
        return Optional.of(
            "header %s: found %s, expected \"%s\""
                .formatted(header.getKey(), quoted(value), header.getValue()));
      }
    }
    return readsBody() ? unmetByBody(answer) : Optional.empty();
  }

  private Optional<String> unmetByBody(HttpExchange.Answer answer) {
    if (answer.cut()) {
      return Optional.of("body: found more than 1 MiB");
    }
    String body = answer.body().toString(StandardCharsets.UTF_8);
    if (text.isPresent() && !body.contains(text.get())) {
      return Optional.of("body: \"" + text.get() + "\" not found");
    }
    if (pattern.isPresent() && !pattern.get().matcher(body).find()) {
      return Optional.of("body: nothing matches " + pattern.get().pattern());
    }
    return json.isEmpty() ? Optional.empty() : unmetByJson(body);
  }

  private Optional<String> unmetByJson(String body) {
    DocumentContext document;
    try {
      document = JsonPath.using(JACKSON).parse(body);
    } catch (InvalidJsonException | IllegalArgumentException e) {
      return Optional.of("json: the body is not JSON");
    }
    for (var wanted : json.entrySet()) {
      Optional<String> found = value(document, wanted.getKey());
      if (found.isEmpty() || !same(found.get(), wanted.getValue())) {
        return Optional.of(
            "json %s: found %s, expected \"%s\""
                .formatted(wanted.getKey().getPath(), quoted(found), wanted.getValue()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> value(DocumentContext document, JsonPath path) {
    try {
      Object value = document.read(path);
      return Optional.of(String.valueOf(value));
    } catch (JsonPathException e) {
      return Optional.empty();
    }
  }

  /** Equal as text or as numbers, so that 1 is 1.0. */
  private static boolean same(String found, String wanted) {
    if (found.equals(wanted)) {
      return true;
    }
    try {
      return new BigDecimal(found).compareTo(new BigDecimal(wanted)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String quoted(Optional<String> found) {
    return found
        .map(text -> "\"" + (text.length() <= 80 ? text : text.substring(0, 80) + "...") + "\"")
        .orElse("nothing");
  }
}

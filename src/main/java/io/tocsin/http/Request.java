package io.tocsin.http;

import io.tocsin.access.Principal;
import io.tocsin.incident.IncidentId;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an operation may read of a request: parameters by name, the body, who asks. Every refusal
 * says which part, what was found and what was expected.
 *
 * @param context for what is not offered here
 */
public record Request(RoutingContext context) {

  /** Who asks. */
  public Principal principal() {
    return Authentication.principal(context);
  }

  /** A named segment of the path, decoded. */
  public String path(String name) {
    String value = context.pathParam(name);
    if (value == null) {
      throw new IllegalStateException("the route has no :" + name);
    }
    return value;
  }

  /** The incident that the path names; a text that cannot be an id names none. */
  public IncidentId incident() {
    return incident(path("id"));
  }

  /** An incident's id, 404 when the text cannot be one. */
  public static IncidentId incident(String text) {
    try {
      return new IncidentId(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound("there is no incident " + text);
    }
  }

  /** The path as sent, not decoded. */
  public String rawPath() {
    return String.valueOf(context.request().path());
  }

  /** A parameter of the query or of a form; the first when there are several; empty when blank. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(context.request().getParam(name)).filter(text -> !text.isBlank());
  }

  /** A parameter that must be there. */
  public String required(String name) {
    return query(name)
        .orElseThrow(() -> ProblemException.badRequest("parameter " + name + " is missing"));
  }

  /** Every value of a parameter. */
  public List<String> queries(String name) {
    return context.request().params().getAll(name);
  }

  /** A parameter as a number within bounds. */
  public int integer(String name, int otherwise, int least, int most) {
    Optional<String> text = query(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, as a number out of bounds is
    }
    throw wrong(name, text.get(), "a whole number from " + least + " to " + most);
  }

  /** A parameter that is {@code true} or {@code false}. */
  public boolean flag(String name, boolean otherwise) {
    return query(name)
        .map(
            text ->
                switch (text) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw wrong(name, text, "true or false");
                })
        .orElse(otherwise);
  }

  /** A parameter as an instant, ISO-8601. */
  public Optional<Instant> instant(String name) {
    return query(name).map(text -> instant(name, text));
  }

  private static Instant instant(String name, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(name, text, "an instant such as 2026-01-31T12:00:00Z");
    }
  }

  /** A parameter as constants, given several times or separated by commas, in any case. */
  public <E extends Enum<E>> List<E> choices(String name, Class<E> type) {
    return queries(name).stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> choice(name, text, type))
        .toList();
  }

  /** A constant by its name in any case. */
  public static <E extends Enum<E>> E choice(String name, String text, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    name,
                    text,
                    Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ", "one of ", ""))));
  }

  /** The media type that the sender gave, in lower case. */
  public String mediaType() {
    String given = context.get(Operation.MEDIA_TYPE);
    return (given == null ? header("Content-Type") : given).toLowerCase(Locale.ROOT);
  }

  /** A header's value, {@code ""} when it is absent. */
  public String header(String name) {
    String value = context.request().getHeader(name);
    return value == null ? "" : value;
  }

  /** The body's bytes; none when there is no body. */
  public Buffer body() {
    Buffer body = context.body() == null ? null : context.body().buffer();
    return body == null ? Buffer.buffer() : body;
  }

  /** The body as a record, see {@link Json#read}. */
  public <T> T json(Class<T> type) {
    return Json.read(body(), type);
  }

  /** 400 for one part of a request. */
  public static ProblemException wrong(String name, String found, String expected) {
    return ProblemException.badRequest(name + ": found \"" + found + "\", expected " + expected);
  }
}

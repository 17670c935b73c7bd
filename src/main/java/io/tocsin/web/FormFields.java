package io.tocsin.web;

import io.tocsin.http.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed into a form and what is wrong with it, by field.
 *
 * @param typed every field, possibly empty
 * @param troubles words beside a field
 */
public record FormFields(Map<String, String> typed, Map<String, String> troubles) {

  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

  /** The fields of a request; usual values where nothing was sent. */
  static FormFields of(Request request, Map<String, String> usual) {
    var typed = new LinkedHashMap<String, String>();
    usual.forEach((name, value) -> typed.put(name, request.query(name).orElse(value)));
    return new FormFields(typed, new LinkedHashMap<>());
  }

  /** What stands in a field. */
  public String value(String name) {
    return typed.getOrDefault(name, "");
  }

  /** What is wrong with a field; empty for nothing. */
  public String trouble(String name) {
    return troubles.getOrDefault(name, "");
  }

  /** For {@code aria-invalid}. */
  public String invalid(String name) {
    return troubles.containsKey(name) ? "true" : "false";
  }

  Optional<String> given(String name) {
    return Optional.of(value(name).strip()).filter(text -> !text.isEmpty());
  }

  /** A wall-clock time in a zone as a browser sends it; notes trouble when it is none. */
  Instant time(String name, ZoneId zone) {
    try {
      return LocalDateTime.parse(value(name)).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      troubles.put(name, "Expected a date and time such as 2026-01-31T12:00.");
      return Instant.EPOCH;
    }
  }

  /** As {@link #time} reads it. */
  static String local(Instant at, ZoneId zone) {
    return LOCAL.format(at.atZone(zone));
  }
}

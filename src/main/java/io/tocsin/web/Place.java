package io.tocsin.web;

import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A page of the public site. */
sealed interface Place {

  String INCIDENTS = "/incidents/";
  String MONTH = "/history?month=";

  /** Its path on the live site, with its query. */
  String path();

  /** The page that says how things are. */
  record Home() implements Place {
    @Override
    public String path() {
      return "/";
    }
  }

  /** What happened this month. */
  record History() implements Place {
    @Override
    public String path() {
      return "/history";
    }
  }

  /** What happened in a month. */
  record Month(YearMonth month) implements Place {
    @Override
    public String path() {
      return MONTH + month;
    }
  }

  /** One incident. */
  record Incident(String id) implements Place {
    @Override
    public String path() {
      return INCIDENTS + id;
    }
  }

  /** What stands where nothing is. */
  record Absent() implements Place {
    @Override
    public String path() {
      return "/404";
    }
  }

  /** The page of a month as written in an address; empty when that is no month. */
  static Optional<Place> month(String text) {
    try {
      return Optional.of(new Month(YearMonth.parse(text)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}

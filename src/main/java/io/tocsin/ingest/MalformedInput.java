package io.tocsin.ingest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** A request cannot be taken, and nothing of it was: the message says where and what is wrong. */
public final class MalformedInput extends RuntimeException {
  private static final long serialVersionUID = 1;

  private enum Kind {
    FORMAT,
    LABELS,
    TOO_LARGE
  }

  private final Kind kind;

  private MalformedInput(String message, Kind kind) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /** The input does not follow its format: answer 400. */
  public MalformedInput(String message) {
    this(message, Kind.FORMAT);
  }

  /** The input is no JSON, or nested or long beyond what is read. */
  static MalformedInput json(JsonProcessingException problem) {
    JsonLocation at = problem.getLocation();
    String place =
        at == null ? "body: " : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    return new MalformedInput(place + problem.getOriginalMessage());
  }

  /** The labels of one series break a rule; the rest of the request can be read. */
  static MalformedInput labels(String message) {
    return new MalformedInput(message, Kind.LABELS);
  }

  /** The request as a whole is beyond a size limit: answer 413. */
  static MalformedInput tooLarge(String what, long found, long limit) {
    return new MalformedInput(
        what + ": " + found + " found, expected at most " + limit, Kind.TOO_LARGE);
  }

  /** Whether size is the trouble. */
  public boolean isTooLarge() {
    return kind == Kind.TOO_LARGE;
  }

  /** Whether it is about one series alone. */
  boolean isAboutLabels() {
    return kind == Kind.LABELS;
  }
}

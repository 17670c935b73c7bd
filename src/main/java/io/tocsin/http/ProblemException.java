package io.tocsin.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Ends a request with a {@link Problem}; thrown by an operation or failing its future. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Problem problem;
  private final transient Map<String, String> headers;

  private ProblemException(Problem problem, Map<String, String> headers) {
    super(problem.status() + " " + problem.detail(), null, false, false);
    this.problem = problem;
    this.headers = headers;
  }

  public static ProblemException of(int status, String detail) {
    return new ProblemException(Problem.of(status, detail), Map.of());
  }

  /** 400: what was found and what was expected. */
  public static ProblemException badRequest(String detail) {
    return of(400, detail);
  }

  /** 401, asking for a bearer token. */
  public static ProblemException unauthenticated(String detail) {
    return of(401, detail).with("WWW-Authenticate", "Bearer realm=\"tocsin\"");
  }

  /** 404. */
  public static ProblemException notFound(String detail) {
    return of(404, detail);
  }

  /** 409: what was asked does not fit the present state. */
  public static ProblemException conflict(String detail) {
    return of(409, detail);
  }

  /** 415, naming what is taken. */
  static ProblemException unsupported(String found, List<String> accepted) {
    String expected = String.join(", ", accepted);
    return of(
            415,
            "expected a body of type " + expected + ", found " + (found.isEmpty() ? "none" : found))
        .with("Accept", expected);
  }

  /** 429, to be tried again after a while (rounded up to seconds). */
  public static ProblemException tooMany(String detail, Duration retryAfter) {
    return retry(429, detail, retryAfter);
  }

  /** 503, to be tried again after a while (rounded up to seconds). */
  public static ProblemException unavailable(String detail, Duration retryAfter) {
    return retry(503, detail, retryAfter);
  }

  private static ProblemException retry(int status, String detail, Duration after) {
    return of(status, detail).with("Retry-After", Long.toString(after.plusMillis(999).toSeconds()));
  }

  /** 500 for what nobody foresaw; the id finds it in the log. */
  static ProblemException internal(String id) {
    return new ProblemException(
        Problem.of(500, "an unexpected error; the log has it as " + id)
            .named("urn:tocsin:error:" + id),
        Map.of());
  }

  private ProblemException with(String header, String value) {
    return new ProblemException(problem, Map.of(header, value));
  }

  public Problem problem() {
    return problem;
  }

  /** Headers that belong to the answer. */
  public Map<String, String> headers() {
    return headers;
  }
}

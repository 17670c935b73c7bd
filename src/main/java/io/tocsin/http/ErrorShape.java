package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** How an error is written: a problem on our own API, the foreign API's own shape on its paths. */
enum ErrorShape {
  PROBLEM {
    @Override
    Reply render(Problem problem) {
      return Reply.json(problem.status(), problem).as(Problem.MEDIA_TYPE);
    }
  },
  /** One line of text, as Prometheus' receivers answer. */
  TEXT {
    @Override
    Reply render(Problem problem) {
      return Reply.text(problem.status(), problem.detail() + "\n");
    }
  },
  /** As Influx' own API, which clients read by either name. */
  INFLUX {
    @Override
    Reply render(Problem problem) {
      return Reply.json(
          problem.status(), new Refusal("invalid", problem.detail(), problem.detail()));
    }

    private record Refusal(String code, String message, String error) {}
  },
  /**
   * Prometheus' envelope with its error types.
   *
   * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview">HTTP
   *     API, format overview</a>
   */
  PROMETHEUS {
    @Override
    Reply render(Problem problem) {
      // A query whose time is up is a 503 there, told apart by its type.
      int status = problem.status() == 504 ? 503 : problem.status();
      return Reply.json(status, new Envelope("error", type(problem.status()), problem.detail()));
    }

    private record Envelope(
        String status, @JsonProperty("errorType") String errorType, String error) {}

    private String type(int status) {
      return switch (status) {
        case 400, 405, 413, 414, 415 -> "bad_data";
        case 401 -> "unauthorized";
        case 403 -> "forbidden";
        case 404 -> "not_found";
        case 422 -> "execution";
        case 429, 503 -> "unavailable";
        case 504 -> "timeout";
        default -> "internal";
      };
    }
  },
  /**
   * A text in JSON for what Alertmanager itself refuses, code and message for what its server does.
   */
  ALERTMANAGER {
    @Override
    Reply render(Problem problem) {
      return switch (problem.status()) {
        case 400, 404, 500, 503 -> Reply.json(problem.status(), problem.detail());
        default -> Reply.json(problem.status(), new Refusal(code(problem), problem.detail()));
      };
    }

    /** What its server checks before Alertmanager sees it has numbers of its own. */
    private int code(Problem problem) {
      if (problem.status() != 422) {
        return problem.status();
      }
      return problem.detail().endsWith(" is required") ? 602 : 601;
    }

    private record Refusal(int code, String message) {}
  },
  /**
   * PagerDuty's words for an event that it does not take.
   *
   * @see <a href="https://developer.pagerduty.com/docs/events-api-v2/overview/">PagerDuty Events
   *     API v2</a>
   */
  PAGERDUTY {
    @Override
    Reply render(Problem problem) {
      List<String> errors = List.of(problem.detail().split("\n"));
      return switch (problem.status()) {
        case 400, 413 ->
            Reply.json(
                problem.status(), new Refusal("invalid event", "Event object is invalid", errors));
        case 429 ->
            Reply.json(
                429,
                new Refusal("throttle exceeded", problem.detail(), List.of("Enhance Your Calm.")));
        default -> Reply.json(problem.status(), new Refusal("error", problem.detail(), List.of()));
      };
    }

    private record Refusal(String status, String message, List<String> errors) {}
  };

  abstract Reply render(Problem problem);

  /** The shape used on a path. */
  static ErrorShape of(String path) {
    if (path.equals("/prometheus/api/v1/write")
        || path.startsWith("/prometheus/api/v1/otlp/")
        || path.equals("/v1/metrics")
        || path.startsWith("/metrics/job")
        || path.endsWith("/federate")) {
      return TEXT;
    }
    if (path.equals("/write") || path.equals("/api/v2/write")) {
      return INFLUX;
    }
    if (path.startsWith("/v2/")) {
      return PAGERDUTY;
    }
    if (path.startsWith("/alertmanager/")) {
      return ALERTMANAGER;
    }
    return path.startsWith("/prometheus/") ? PROMETHEUS : PROBLEM;
  }
}

package io.tocsin.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers the {@code query} function of a template; the time is the asker's. */
@FunctionalInterface
public interface QueryPort {

  /** Knows nothing: every query is empty. */
  QueryPort NONE = expression -> List.of();

  /**
   * The samples of an instant query.
   *
   * @throws RuntimeException when it cannot be answered; its message becomes the template's error
   */
  List<Sample> query(String expression);

  /** One that asks the same only once. Used by one thread. */
  default QueryPort remembering() {
    var answers = new HashMap<String, List<Sample>>();
    return expression -> answers.computeIfAbsent(expression, this::query);
  }

  /** One sample with its labels, metric name included. */
  record Sample(Map<String, String> labels, double value) {
    public Sample {
      labels = Map.copyOf(labels);
    }
  }
}

package io.tocsin.web;

import io.tocsin.http.ProblemException;
import io.tocsin.http.Request;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What became of several things that were asked for at once: each is done or not on its own.
 *
 * @param done how many were done, in words
 * @param failed why the others were not, one line each
 */
public record Several(String done, List<String> failed) {

  /** More than a page of a list shows. */
  static final int MOST = 200;

  public Several {
    failed = List.copyOf(failed);
  }

  /** What is chosen in a list: its boxes, or everything that the page listed. */
  static Set<String> chosen(Request request, String field) {
    var chosen = new LinkedHashSet<>(request.queries(field));
    if (request.query("all").isPresent()) {
      Arrays.stream(request.query("listed").orElse("").split(","))
          .filter(id -> !id.isEmpty())
          .forEach(chosen::add);
    }
    if (chosen.size() > MOST) {
      throw ProblemException.of(
          422, "%d rows are chosen, expected at most %d".formatted(chosen.size(), MOST));
    }
    return chosen;
  }

  /** Nothing was chosen. */
  static Several none() {
    return new Several("Nothing is chosen yet: tick at least one row.", List.of());
  }

  /** How many were not done. */
  public static String notDone(Several told) {
    return told.failed().size() + " not:";
  }

  /** As in {@code 1 incident}, {@code 3 incidents}. */
  public static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}

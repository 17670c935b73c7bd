package io.tocsin.series;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers what was selected, for readers that ask for the same at one moment, such as the rules
 * of a group. Keeps a bounded number of points. For one thread.
 */
public final class SharedSelections implements SeriesReader {
  private static final long MOST_POINTS = 500_000;

  private record Question(List<Matcher> matchers, long from, long to) {}

  private final SeriesReader reader;
  private final Map<Question, List<SeriesPoints>> known = new HashMap<>();
  private long points;

  public SharedSelections(SeriesReader reader) {
    this.reader = reader;
  }

  /** After something was written: what was selected before may be no longer true. */
  public void forget() {
    known.clear();
    points = 0;
  }

  @Override
  public List<SeriesPoints> select(List<Matcher> matchers, long fromMillis, long toMillis) {
    var question = new Question(matchers, fromMillis, toMillis);
    List<SeriesPoints> answer = known.get(question);
    if (answer == null) {
      answer = reader.select(matchers, fromMillis, toMillis);
      keep(question, answer);
    }
    return answer;
  }

  private void keep(Question question, List<SeriesPoints> answer) {
    long more = answer.size();
    for (SeriesPoints series : answer) {
      more += series.size();
    }
    if (points + more <= MOST_POINTS) {
      known.put(question, answer);
      points += more;
    }
  }

  @Override
  public List<Labels> series(List<List<Matcher>> matcherSets, long fromMillis, long toMillis) {
    return reader.series(matcherSets, fromMillis, toMillis);
  }
}

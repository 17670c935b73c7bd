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

  private record Question(List<Matcher> matchers, long from, long to, boolean newest) {}

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
    var question = new Question(matchers, fromMillis, toMillis, false);
    List<SeriesPoints> answer = known.get(question);
    if (answer == null) {
      answer = reader.select(matchers, fromMillis, toMillis);
      keep(question, answer);
    }
    return answer;
  }

  @Override
  public Selected select(Reading reading) {
    return Selected.fine(
        reading.wanted() == Reading.Wanted.NEWEST
            ? newest(reading)
            : select(reading.matchers(), reading.fromMillis(), reading.toMillis()));
  }

  /** The asker counts: what is known already needs no allowance. */
  private List<SeriesPoints> newest(Reading asked) {
    Reading reading = asked.unbounded();
    List<Matcher> matchers = reading.matchers();
    var question = new Question(matchers, reading.fromMillis(), reading.toMillis(), true);
    List<SeriesPoints> answer = known.get(question);
    if (answer == null) {
      var whole = new Question(matchers, reading.fromMillis(), reading.toMillis(), false);
      answer = known.get(whole);
    }
    if (answer == null) {
      answer = reader.select(reading).series();
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

package io.tocsin.silence;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.time.Instant;
import java.util.List;

/**
 * A person's word that certain alerts make no sound for a while.
 *
 * @param id names it for ever
 * @param matchers which alerts: all must match
 * @param startsAt from when
 * @param endsAt until when
 * @param author who said so
 * @param comment why
 */
public record Silence(
    String id,
    List<Matcher> matchers,
    Instant startsAt,
    Instant endsAt,
    String author,
    String comment) {

  /**
   * @throws IllegalArgumentException when nothing would be matched on, or it ends before it starts
   */
  public Silence {
    matchers = List.copyOf(matchers);
    if (matchers.stream().allMatch(matcher -> matcher.matches(""))) {
      throw new IllegalArgumentException(
          "matchers: found none that needs a label, expected at least one");
    }
    if (endsAt.isBefore(startsAt)) {
      throw new IllegalArgumentException(
          "endsAt: found " + endsAt + ", expected an instant after " + startsAt);
    }
  }

  /** Whether it holds now. */
  public boolean active(Instant now) {
    return !now.isBefore(startsAt) && now.isBefore(endsAt);
  }

  /** Whether it is about these labels, whatever the time. */
  public boolean matches(Labels labels) {
    return Matcher.all(matchers, labels);
  }

  /** The same, over from now on. */
  public Silence expired(Instant now) {
    return new Silence(id, matchers, now.isBefore(startsAt) ? now : startsAt, now, author, comment);
  }
}

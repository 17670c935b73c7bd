package io.tocsin.series;

import io.tocsin.label.Labels;

/**
 * One series as this process knows it: written by one thread, read by any. Without samples it is
 * asleep and in no index; whether it rests, or waits for its first sample, the {@link
 * SeriesDirectory} says.
 */
@SuppressWarnings("ReferenceEquality") // another Chunks object is a change
public final class MemorySeries {

  /** In the place of the number of a series that is asleep. */
  private static final int ASLEEP = -1;

  /** In the place of the minute: not at all, and since nobody knows when. */
  private static final int NOT_RESTING = 0;

  private static final int FOR_LONG = -1;

  /** In the place of the id of a series that has none yet. */
  static final long NO_ID = 0;

  private static final long SAVED = Long.MAX_VALUE;
  private static final long MINUTE = 60_000;

  private final Labels labels;
  private volatile int number = ASLEEP;
  private volatile Chunks chunks = Chunks.NONE;
  private volatile long id = NO_ID;
  private long unsavedFrom = SAVED;
  private Object introducedBy = SeriesWatch.NOBODY;
  private Object watchedBy = SeriesWatch.NOBODY;
  private volatile int restsSinceMinute = FOR_LONG;
  private int listedFromMinute = Integer.MAX_VALUE;
  private int listedUntilMinute = Integer.MIN_VALUE;

  MemorySeries(Labels labels) {
    this.labels = labels;
  }

  public Labels labels() {
    return labels;
  }

  /** The id in the database, {@link #NO_ID} when it has none yet. */
  long id() {
    return id;
  }

  /** The first id stays, whatever comes later. For one thread at a time. */
  void id(long given) {
    if (id == NO_ID) {
      id = given;
    }
  }

  /** The number the index knows it by, negative when it is in none. */
  int number() {
    return number;
  }

  /** For the writer alone. */
  void renumber(int newNumber) {
    number = newNumber;
  }

  /** Whether it has no samples. */
  boolean asleep() {
    return number == ASLEEP;
  }

  /** For the writer alone: whether the next sample is its first. */
  boolean begins() {
    return chunks == Chunks.NONE;
  }

  /** For the writer alone: its first sample. */
  void begin(long timestamp, double value) {
    chunks = Chunks.starting(timestamp, value);
    unsavedFrom = timestamp;
  }

  /** For the directory alone: whether only its id is kept. */
  boolean resting() {
    return restsSinceMinute != NOT_RESTING;
  }

  /** For the directory alone: it was let in. */
  void stir() {
    restsSinceMinute = NOT_RESTING;
  }

  /** For the directory alone: falls asleep. Readers who still hold it find nothing in it. */
  void rest(long nowMillis) {
    number = ASLEEP;
    chunks = Chunks.NONE;
    unsavedFrom = SAVED;
    restsSinceMinute = Math.max(1, minute(nowMillis));
  }

  /** For the directory alone: since when it rests; from now on if nobody knows. */
  long restsSince(long nowMillis) {
    if (restsSinceMinute == FOR_LONG) {
      restsSinceMinute = Math.max(1, minute(nowMillis));
    }
    return restsSinceMinute * MINUTE;
  }

  Chunks chunks() {
    return chunks;
  }

  /** For the writer alone. */
  long lastTimestamp() {
    return chunks.head().lastTimestamp();
  }

  /** The points in {@code (after, until]}. */
  Points read(long after, long until) {
    return chunks.read(after, until);
  }

  /** What a reading wants of it, in the room of empty points or in another. */
  Points read(Reading reading, Points room) {
    return reading.wanted() == Reading.Wanted.NEWEST
        ? chunks.newest(reading.fromMillis(), reading.toMillis(), room)
        : chunks.read(reading.fromMillis(), reading.toMillis(), room);
  }

  /** For the writer alone. Answers whether the sample lay within the window. */
  boolean append(long timestamp, double value, long windowMillis) {
    Chunks now = chunks;
    long last = now.head().lastTimestamp();
    if (timestamp > last) {
      Chunks next = now.following(timestamp, value);
      if (next != now) {
        chunks = next;
      }
    } else if (older(timestamp, last, windowMillis)) {
      return false;
    } else if (holds(now, timestamp, value)) {
      return true;
    } else {
      chunks = now.late(timestamp, value);
    }
    unsavedFrom = Math.min(unsavedFrom, timestamp);
    return true;
  }

  private static boolean older(long timestamp, long last, long windowMillis) {
    long gap = last - timestamp;
    return gap < 0 || gap > windowMillis;
  }

  /** A sender that repeats itself changes nothing. */
  private static boolean holds(Chunks chunks, long timestamp, double value) {
    Points there = chunks.read(timestamp - 1, timestamp);
    return there.size() > 0
        && Double.doubleToRawLongBits(there.value(0)) == Double.doubleToRawLongBits(value);
  }

  /** For the writer alone: drops what lies wholly before a time. */
  void dropBefore(long cutoff) {
    Chunks now = chunks;
    Chunks rest = now.notBefore(Math.min(cutoff, unsavedFrom));
    if (rest != now) {
      chunks = rest;
    }
  }

  /** For the writer alone: deletes the samples in {@code [from, to]}; answers how many. */
  long delete(long from, long to) {
    Points all = chunks.read(Long.MIN_VALUE, Long.MAX_VALUE);
    Points kept = all.without(from, to);
    if (kept.size() < all.size()) {
      chunks = Chunks.of(kept);
    }
    return (long) all.size() - kept.size();
  }

  /**
   * For the writer alone: gives up samples in {@code [from, to]} that no checkpoint saw; answers
   * how many.
   */
  long giveUp(long from, long to) {
    return unsavedFrom <= to ? delete(from, to) : 0;
  }

  /** For the writer alone: whether anything was appended since the last checkpoint. */
  boolean unsaved() {
    return unsavedFrom != SAVED;
  }

  /** For the writer alone: the earliest timestamp appended since the last checkpoint. */
  long unsavedFrom() {
    return unsavedFrom;
  }

  void saved() {
    unsavedFrom = SAVED;
  }

  void unsavedAgain(long from) {
    unsavedFrom = Math.min(unsavedFrom, from);
  }

  /** For the journal's writer alone: whether an encoder has written its labels already. */
  boolean introducedBy(Object encoder) {
    return introducedBy == encoder;
  }

  /** For the journal's writer alone. */
  void introduce(Object encoder) {
    introducedBy = encoder;
  }

  /** For the writer alone: what {@link #watchedBy(Object)} left. */
  Object watchedBy() {
    return watchedBy;
  }

  /** For the writer alone. */
  void watchedBy(Object answer) {
    watchedBy = answer;
  }

  /**
   * For the thread of the checkpoints: whether the database lists the series for all of this time,
   * in milliseconds.
   */
  public boolean listed(long fromMillis, long untilMillis) {
    return minute(fromMillis) >= listedFromMinute
        && minute(untilMillis + MINUTE - 1) <= listedUntilMinute;
  }

  /**
   * For the thread of the checkpoints: the database lists the series for these whole minutes, in
   * milliseconds.
   */
  public void list(long fromMillis, long untilMillis) {
    listedFromMinute = Math.min(listedFromMinute, minute(fromMillis));
    listedUntilMinute = Math.max(listedUntilMinute, minute(untilMillis));
  }

  private static int minute(long millis) {
    return Math.clamp(Math.floorDiv(millis, MINUTE), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}

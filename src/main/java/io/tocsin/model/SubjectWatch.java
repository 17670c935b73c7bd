package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One subject of a model: its values over time and how many were missing. The first value decides
 * whether it is a number or a category; later values of the other kind count as missing.
 */
final class SubjectWatch {

  private final Slices<ShareTally> missing;
  private Retention retention;
  private @Nullable History history;

  SubjectWatch(Retention retention) {
    this.retention = retention;
    this.missing = new Slices<>(retention, ShareTally::new);
  }

  void add(long time, FeatureValue value) {
    boolean absent = value instanceof FeatureValue.Missing;
    if (history == null && !absent) {
      history = fitting(value);
    }
    missing.at(time).add(absent || history == null || !history.add(time, value));
  }

  private History fitting(FeatureValue value) {
    return value instanceof FeatureValue.Numeric
        ? new NumberHistory(retention)
        : new CategoryHistory(retention);
  }

  void freeze(List<FeatureValue> baseline) {
    Optional<FeatureValue> first =
        baseline.stream().filter(value -> !(value instanceof FeatureValue.Missing)).findFirst();
    if (first.isPresent()) {
      History fitting = fitting(first.get());
      if (history == null || history.getClass() != fitting.getClass()) {
        history = fitting;
      }
    }
    if (history != null) {
      history.freeze(baseline);
    }
  }

  /** The two sides a question asks for; empty before the first value. */
  Optional<History.Sides> sides(DriftQuestion question, long now) {
    if (history == null) {
      return Optional.empty();
    }
    long window = question.window().toMillis();
    return Optional.of(
        switch (question.reference()) {
          case ReferenceSource.Baseline ignored -> history.againstBaseline(window, now);
          case ReferenceSource.Trailing(var length, var offset) -> {
            long to = now - offset.toMillis();
            yield history.againstPast(window, now, to - length.toMillis(), to);
          }
        });
  }

  /** Rows of the window that ends now without a usable value. */
  long missing(long windowMillis, long now) {
    return ShareTally.hits(missing.last(windowMillis, now));
  }

  /** Their share, ratio 0-1. */
  OptionalDouble missingRatio(long windowMillis, long now) {
    return ShareTally.ratio(missing.last(windowMillis, now));
  }

  /** Mean of the window that ends now; empty for categories and without rows. */
  OptionalDouble mean(long windowMillis, long now) {
    return history instanceof NumberHistory numbers
        ? numbers.mean(windowMillis, now)
        : OptionalDouble.empty();
  }

  void age(long now) {
    missing.age(now);
    if (history != null) {
      history.age(now);
    }
  }

  void retain(Retention changed) {
    retention = changed;
    missing.retain(changed);
    if (history != null) {
      history.retain(changed);
    }
  }

  void write(DataOutput out) throws IOException {
    missing.write(out);
    switch (history) {
      case null -> out.writeByte('-');
      case NumberHistory numbers -> {
        out.writeByte('n');
        numbers.write(out);
      }
      case CategoryHistory categories -> {
        out.writeByte('c');
        categories.write(out);
      }
    }
  }

  static SubjectWatch read(DataInput in, Retention retention) throws IOException {
    var watch = new SubjectWatch(retention);
    watch.missing.read(in, ShareTally::read);
    byte kind = in.readByte();
    watch.history =
        switch (kind) {
          case '-' -> null;
          case 'n' -> NumberHistory.read(in, retention);
          case 'c' -> CategoryHistory.read(in, retention);
          default -> throw new IOException("unknown kind of history " + kind);
        };
    return watch;
  }
}

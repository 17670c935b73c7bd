package io.tocsin.model;

import io.tocsin.drift.Reference;
import io.tocsin.drift.Window;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** The values of one subject over time, in bounded memory. Not thread-safe: its model guards it. */
sealed interface History permits NumberHistory, CategoryHistory {

  /** Takes a value in; false when it is of another kind than this history. */
  boolean add(long time, FeatureValue value);

  /** Freezes a reference from values; those of another kind are left out. */
  void freeze(List<FeatureValue> baseline);

  /** Two sides ready to be compared. */
  record Sides(Reference reference, Window window) {}

  /**
   * The window that ends now beside the frozen reference, which is empty when nothing is frozen.
   */
  Sides againstBaseline(long windowMillis, long now);

  /** The window that ends now beside the rows of {@code [from, to)}. */
  Sides againstPast(long windowMillis, long now, long from, long to);

  void age(long now);

  void retain(Retention retention);

  void write(DataOutput out) throws IOException;
}

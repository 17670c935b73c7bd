package io.tocsin.model;

import io.tocsin.drift.Reference;
import io.tocsin.drift.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;

/**
 * The values of one subject over time and segments, in bounded memory. Not thread-safe: its model
 * guards it.
 */
sealed interface History permits NumberHistory, CategoryHistory {

  ValueKind kind();

  /** Takes rows in; the column is of this history's kind. */
  void add(Column column, List<RowGroup> groups);

  /** Counts rows that do not have the subject. */
  void miss(List<RowGroup> groups);

  /** Freezes a reference from values of this history's kind. */
  void freeze(Column baseline);

  /** Freezes a stretch of the past as the reference. */
  void freeze(int[] segments, Span past);

  /** Rows the frozen reference was made of; 0 when nothing is frozen. */
  long frozenRows();

  /** Two sides ready to be compared, and what is known of each. */
  record Pair(Reference reference, Window window, Facts before, Facts now) {}

  /** What a {@link Stretch} says, but for its times; categories have no moments but their rows. */
  record Facts(Moments moments, boolean numbers, long unseen, long outside) {}

  /** A window beside the frozen reference, which is empty when nothing is frozen. */
  Pair againstBaseline(int[] segments, long windowMillis, long now);

  /** A window beside stretches of the past, taken together. */
  Pair againstPast(int[] segments, long windowMillis, long now, List<Span> past);

  /** Counts rows once more by local day, whatever their version. */
  void addToDays(Column column, List<RowGroup> groups);

  /** Counts rows that do not have the subject by local day. */
  void missInDays(List<RowGroup> groups);

  /** What a day is compared with. */
  sealed interface Past {
    /** The frozen reference, which is empty when nothing is frozen. */
    record Frozen() implements Past {}

    /** Stretches of the sliding past, taken together. */
    @SuppressWarnings("ArrayRecordComponent")
    record Stretches(int[] segments, List<Span> spans) implements Past {}

    /** Whole days before. */
    record Days(Span days) implements Past {}
  }

  /** The rows of a kept local day, up to now where it goes on. */
  Pair ofDay(Span day, Past past);

  /** The window that ends now. */
  Facts facts(int[] segments, long windowMillis, long now);

  void age(long now);

  void retain(Retention retention);

  /** Cuts local days anew. */
  void zone(ZoneId zone);

  /** Writes the local days, which {@link #write} leaves out. */
  void writeDays(DataOutput out) throws IOException;

  void readDays(DataInput in) throws IOException;

  void write(DataOutput out) throws IOException;
}

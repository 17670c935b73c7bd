package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The slices of each segment, by the segment's number. */
final class SlicedSegments<S extends Slices.Tally<S>> {

  private final List<@Nullable Slices<S>> segments = new ArrayList<>();
  private final Supplier<S> fresh;
  private Retention retention;

  SlicedSegments(Retention retention, Supplier<S> fresh) {
    this.retention = retention;
    this.fresh = fresh;
  }

  /** The tally that rows of a segment at a time are counted in. */
  S at(int segment, long time) {
    while (segments.size() <= segment) {
      segments.add(null);
    }
    Slices<S> slices = segments.get(segment);
    if (slices == null) {
      slices = new Slices<>(retention, fresh);
      segments.set(segment, slices);
    }
    return slices.at(time);
  }

  /** Slices that begin in the stretch before now, the one under way included. */
  List<S> last(int[] numbers, long lengthMillis, long now) {
    var tallies = new ArrayList<S>();
    for (int number : numbers) {
      Slices<S> slices = number < segments.size() ? segments.get(number) : null;
      if (slices != null) {
        tallies.addAll(slices.last(lengthMillis, now));
      }
    }
    return tallies;
  }

  /** Slices that lie wholly in {@code [from, to)}. */
  List<S> between(int[] numbers, long from, long to) {
    var tallies = new ArrayList<S>();
    for (int number : numbers) {
      Slices<S> slices = number < segments.size() ? segments.get(number) : null;
      if (slices != null && from < to) {
        tallies.addAll(slices.between(from, to));
      }
    }
    return tallies;
  }

  /** The same of several stretches, one after the other. */
  List<S> between(int[] numbers, List<Span> stretches) {
    return stretches.stream()
        .flatMap(span -> between(numbers, span.from(), span.to()).stream())
        .toList();
  }

  List<S> all() {
    var tallies = new ArrayList<S>();
    for (Slices<S> slices : segments) {
      if (slices != null) {
        tallies.addAll(slices.all());
      }
    }
    return tallies;
  }

  void age(long now) {
    for (Slices<S> slices : segments) {
      if (slices != null) {
        slices.age(now);
      }
    }
  }

  void retain(Retention changed) {
    retention = changed;
    for (Slices<S> slices : segments) {
      if (slices != null) {
        slices.retain(changed);
      }
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(segments.size());
    for (Slices<S> slices : segments) {
      out.writeBoolean(slices != null);
      if (slices != null) {
        slices.write(out);
      }
    }
  }

  void read(DataInput in, Slices.TallyReader<S> reader) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Slices<S> slices = null;
      if (in.readBoolean()) {
        slices = new Slices<>(retention, fresh);
        slices.read(in, reader);
      }
      segments.add(slices);
    }
  }
}

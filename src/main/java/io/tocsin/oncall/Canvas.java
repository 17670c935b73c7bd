package io.tocsin.oncall;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An interval of time on which shifts are painted one over the other; at first a gap. */
final class Canvas {
  private final Instant from;
  private final Instant to;

  /** What holds from a key on, up to the next one. */
  private final TreeMap<Instant, Holder> holders = new TreeMap<>();

  private record Holder(Optional<String> person, Shift.Source source) {}

  Canvas(Instant from, Instant to) {
    this.from = from;
    this.to = to;
    holders.put(from, new Holder(Optional.empty(), new Shift.Source.Gap()));
  }

  Instant from() {
    return from;
  }

  Instant to() {
    return to;
  }

  void paint(Instant begin, Instant end, Optional<String> person, Shift.Source source) {
    Instant first = begin.isBefore(from) ? from : begin;
    Instant last = end.isAfter(to) ? to : end;
    if (!first.isBefore(last)) {
      return;
    }
    Holder after = holders.floorEntry(last).getValue();
    holders.subMap(first, true, last, true).clear();
    holders.put(first, new Holder(person, source));
    holders.put(last, after);
  }

  /** Paints only over what one person has. */
  void replace(Instant begin, Instant end, String replaced, String person, Shift.Source source) {
    for (Shift shift : shifts()) {
      if (shift.person().equals(Optional.of(replaced))) {
        paint(
            shift.start().isAfter(begin) ? shift.start() : begin,
            shift.end().isBefore(end) ? shift.end() : end,
            Optional.of(person),
            source);
      }
    }
  }

  /** The picture: it covers the interval without gap or overlap; equal neighbours are one. */
  List<Shift> shifts() {
    var shifts = new ArrayList<Shift>();
    for (Map.Entry<Instant, Holder> entry : holders.headMap(to, false).entrySet()) {
      Instant next = holders.higherKey(entry.getKey());
      Instant end = next == null ? to : next;
      Holder holder = entry.getValue();
      var shift = new Shift(entry.getKey(), end, holder.person(), holder.source());
      if (!shifts.isEmpty() && shifts.getLast().goesOnAs(shift)) {
        shift = new Shift(shifts.removeLast().start(), end, holder.person(), holder.source());
      }
      shifts.add(shift);
    }
    return List.copyOf(shifts);
  }
}

package io.tocsin.oncall;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One rotation of a schedule.
 *
 * @param name unique within the schedule
 * @param rotation who takes turns
 * @param restrictions when they do, by the rotation's wall clock; none: always
 * @param from from when on, if not always
 * @param until until when, if not for ever
 */
public record Layer(
    String name,
    Rotation rotation,
    List<WeekWindow> restrictions,
    Optional<Instant> from,
    Optional<Instant> until) {

  public Layer {
    restrictions = List.copyOf(restrictions);
  }

  /** Paints its shifts over what lies below. */
  void paint(Canvas canvas) {
    Instant begin = from.filter(canvas.from()::isBefore).orElse(canvas.from());
    Instant end = until.filter(canvas.to()::isAfter).orElse(canvas.to());
    if (!begin.isBefore(end)) {
      return;
    }
    if (restrictions.isEmpty()) {
      paint(canvas, begin, end);
    }
    for (WeekWindow window : restrictions) {
      window.within(
          rotation.zone(),
          begin,
          end,
          (opens, closes) ->
              paint(
                  canvas,
                  opens.isAfter(begin) ? opens : begin,
                  closes.isBefore(end) ? closes : end));
    }
  }

  /** Each shift is painted to the end; the next one is painted over it. */
  private void paint(Canvas canvas, Instant begin, Instant end) {
    rotation.shifts(
        begin,
        end,
        (handOff, person) ->
            canvas.paint(
                handOff.isAfter(begin) ? handOff : begin,
                end,
                Optional.of(person),
                new Shift.Source.OfLayer(name)));
  }
}

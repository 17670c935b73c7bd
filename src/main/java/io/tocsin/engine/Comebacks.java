package io.tocsin.engine;

import io.tocsin.notify.Destination;
import io.tocsin.notify.SendResult;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which destinations answer again. What waited while one was down, or had asked for time, waits no
 * longer than that: until the first message that it takes. At start nothing is known of any, so the
 * first answer of each counts.
 */
final class Comebacks {
  private final Set<Destination> answering = ConcurrentHashMap.newKeySet();
  private final Set<Destination> back = ConcurrentHashMap.newKeySet();

  /** What became of a message, once that is recorded. */
  void saw(Destination destination, SendResult result) {
    switch (result) {
      case SendResult.Retry retry -> retry.after().ifPresent(wait -> answering.remove(destination));
      case SendResult.Delivered delivered -> came(destination);
      case SendResult.Refused refused -> came(destination);
    }
  }

  private void came(Destination destination) {
    if (answering.add(destination)) {
      back.add(destination);
    }
  }

  /** Each that came back, once; again when the reader fails. */
  void each(Consumer<Destination> reader) {
    for (Destination destination : List.copyOf(back)) {
      reader.accept(destination);
      back.remove(destination);
    }
  }
}

package io.tocsin.engine;

import static io.tocsin.Eventually.eventually;
import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Matcher;
import io.tocsin.silence.InMemoryMaintenanceStore;
import io.tocsin.silence.InMemorySilenceStore;
import io.tocsin.silence.InhibitRule;
import io.tocsin.silence.Silence;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MuteBoardTest {

  @Test
  void aSavedSilenceIsKnownAtOnceAndWakesTheEngine() {
    var silences = new InMemorySilenceStore();
    var woken = new AtomicInteger();
    try (var board = new MuteBoard(silences, new InMemoryMaintenanceStore(), List.of(), () -> T0)) {
      board.start(woken::incrementAndGet);
      assertThat(board.get().silences()).isEmpty();
      var matchers = List.of(Matcher.equal("node", "a"));
      silences.save(new Silence("s1", matchers, T0, T0.plusSeconds(60), "Ana", "known"));
      board.refresh();
      eventually(Duration.ofSeconds(4), () -> assertThat(board.get().silences()).hasSize(1));
      eventually(Duration.ofSeconds(4), () -> assertThat(woken).hasValue(1));

      board.reconfigure(List.of(new InhibitRule(matchers, matchers, List.of())));
      eventually(Duration.ofSeconds(4), () -> assertThat(board.get().inhibitions()).hasSize(1));
    }
  }
}

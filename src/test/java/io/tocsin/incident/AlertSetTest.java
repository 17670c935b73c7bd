package io.tocsin.incident;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.firing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Alert;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Membership by key, whatever else an alert says. */
class AlertSetTest {

  private static Alert alert(int host) {
    return firing("Down", T0, "host", "h" + host);
  }

  @Property(tries = 200)
  void itHasWhatWasGivenAndNothingElse(
      @ForAll @Size(max = 200) Set<@IntRange(max = 5_000) Integer> given,
      @ForAll @Size(max = 200) List<@IntRange(max = 5_000) Integer> asked) {
    AlertSet set = AlertSet.of(given.stream().map(AlertSetTest::alert).toList());
    assertThat(set.isEmpty()).isEqualTo(given.isEmpty());
    given.forEach(host -> assertThat(set.has(alert(host).resolved(T0))).isTrue());
    asked.forEach(host -> assertThat(set.has(alert(host))).isEqualTo(given.contains(host)));
  }
}

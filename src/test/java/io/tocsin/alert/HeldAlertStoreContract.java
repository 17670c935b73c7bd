package io.tocsin.alert;

import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of posted alerts does. */
public abstract class HeldAlertStoreContract {

  /** An empty store. */
  protected abstract HeldAlertStore store();

  private static HeldAlert held(String name, String summary) {
    return new HeldAlert(
        "alertmanager",
        Labels.of("alertname", name),
        Map.of("summary", summary),
        T0,
        Optional.of(T0.plusSeconds(60)),
        true,
        T0,
        "");
  }

  @Test
  void alertsAreKeptReplacedAndRemoved() {
    HeldAlertStore store = store();
    HeldAlert disk = held("Disk", "full");
    HeldAlert slow = held("Slow", "slow");
    store.change(List.of(disk, slow), List.of());
    assertThat(store.all()).containsExactlyInAnyOrder(disk, slow);
    HeldAlert fuller = held("Disk", "fuller");
    store.change(List.of(fuller), List.of(slow.key()));
    assertThat(store.all()).containsExactly(fuller);
    store.change(List.of(), List.of(fuller.key(), slow.key()));
    assertThat(store.all()).isEmpty();
  }
}

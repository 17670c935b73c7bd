package io.tocsin.explain;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.firing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.Mute;
import io.tocsin.incident.IncidentId;
import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of episodes does. */
public abstract class EpisodeStoreContract {

  /** An empty store. */
  protected abstract EpisodeStore store();

  private static Episode episode(String name, Instant since) {
    Alert alert = firing(name, since, "instance", "a");
    var source = new AlertKey("rules.yaml;g;0", Labels.of("alertname", "Root"));
    return Episode.of(alert)
        .hushed(List.of(new Mute.ByInhibition(source), new Mute.BySilence("s1")), since)
        .hushed(List.of(new Mute.ByTimeInterval("nights", true)), since.plusSeconds(5))
        .by(List.of(new Episode.Way("0/1", "ops", "route 0/1")))
        .in(new IncidentId("i0123456789"));
  }

  @Test
  void whatIsSavedIsFoundAsItWas() {
    EpisodeStore store = store();
    Episode disk = episode("DiskFull", T0);
    store.save(List.of(disk, episode("Slow", T0)));
    assertThat(store.of(disk.key().fingerprint(), 10)).containsExactly(disk);
    assertThat(store.open()).hasSize(2);
  }

  @Test
  void anEpisodeIsReplacedAndAnotherOneOfTheSameAlertStandsBesideIt() {
    EpisodeStore store = store();
    Episode first = episode("DiskFull", T0);
    store.save(List.of(first));
    store.save(List.of(first.ended(T0.plusSeconds(60))));
    Episode second = episode("DiskFull", T0.plusSeconds(600));
    store.save(List.of(second));
    assertThat(store.of(first.key().fingerprint(), 10))
        .containsExactly(second, first.ended(T0.plusSeconds(60)));
    assertThat(store.of(first.key().fingerprint(), 1)).containsExactly(second);
    assertThat(store.open()).containsExactly(second);
    assertThat(store.since(T0.plusSeconds(1), 10)).containsExactly(second);
  }

  @Test
  void onlyWhatEndedLongAgoIsForgotten() {
    EpisodeStore store = store();
    Episode ended = episode("DiskFull", T0).ended(T0.plusSeconds(60));
    Episode on = episode("Slow", T0);
    store.save(List.of(ended, on));
    store.forget(T0.plusSeconds(60));
    assertThat(store.since(T0, 10)).hasSize(2);
    store.forget(T0.plusSeconds(61));
    assertThat(store.since(T0, 10)).containsExactly(on);
  }
}

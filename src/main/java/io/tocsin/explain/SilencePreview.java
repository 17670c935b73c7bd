package io.tocsin.explain;

import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Severity;
import io.tocsin.silence.Silence;
import java.util.List;

/**
 * What a silence would hide if it were set, and would have hidden had it always been there.
 *
 * @param live firing alerts it is about
 * @param past episodes that fired and that it is about, newest first
 * @param critical whether a CRITICAL alert is among them
 */
public record SilencePreview(List<MarkedAlert> live, List<Episode> past, boolean critical) {
  public SilencePreview {
    live = List.copyOf(live);
    past = List.copyOf(past);
  }

  /**
   * Looks at what fires and what fired.
   *
   * @param silence only its matchers count: hours pass, alerts come again
   */
  public static SilencePreview of(
      Silence silence, List<MarkedAlert> firing, List<Episode> episodes) {
    List<MarkedAlert> live =
        firing.stream().filter(marked -> silence.matches(marked.alert().labels())).toList();
    List<Episode> past =
        episodes.stream()
            .filter(Episode::fired)
            .filter(episode -> silence.matches(episode.labels()))
            .toList();
    boolean critical =
        live.stream().anyMatch(marked -> marked.alert().severity() == Severity.CRITICAL)
            || past.stream().anyMatch(episode -> episode.severity() == Severity.CRITICAL);
    return new SilencePreview(live, past, critical);
  }
}

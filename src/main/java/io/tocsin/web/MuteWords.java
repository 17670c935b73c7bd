package io.tocsin.web;

import io.tocsin.alert.Mute;
import java.util.List;
import java.util.stream.Collectors;

/** Why an alert makes no sound, in words. */
public final class MuteWords {

  private MuteWords() {}

  /** All reasons, or nothing when it is audible. */
  public static String of(List<Mute> mutes) {
    return mutes.stream().map(MuteWords::of).collect(Collectors.joining(", "));
  }

  private static String of(Mute mute) {
    return switch (mute) {
      case Mute.BySilence silence -> "Silenced";
      case Mute.ByMaintenance maintenance -> "In maintenance";
      case Mute.ByInhibition inhibition ->
          "Explained by " + inhibition.source().labels().get("alertname");
      case Mute.ByTimeInterval interval ->
          (interval.within() ? "Quiet during " : "Quiet outside ") + interval.name();
    };
  }
}

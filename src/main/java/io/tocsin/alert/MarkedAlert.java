package io.tocsin.alert;

import java.util.List;

/** A firing alert with what mutes it, if anything. */
public record MarkedAlert(Alert alert, List<Mute> mutes) {
  public MarkedAlert {
    mutes = List.copyOf(mutes);
  }

  /** Whether it may make a sound. */
  public boolean audible() {
    return mutes.isEmpty();
  }
}

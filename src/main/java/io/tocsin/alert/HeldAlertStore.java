package io.tocsin.alert;

import java.util.List;

/** Posted alerts that are on, as stored. Calls block: virtual threads only. */
public interface HeldAlertStore {

  /** Everything held. */
  List<HeldAlert> all();

  /** Adds or replaces by key, and forgets others, in one transaction. */
  void change(List<HeldAlert> save, List<AlertKey> remove);
}

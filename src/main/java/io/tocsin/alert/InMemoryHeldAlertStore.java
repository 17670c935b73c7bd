package io.tocsin.alert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Posted alerts in memory. */
public final class InMemoryHeldAlertStore implements HeldAlertStore {
  private final Map<AlertKey, HeldAlert> held = new LinkedHashMap<>();

  @Override
  public synchronized List<HeldAlert> all() {
    return List.copyOf(held.values());
  }

  @Override
  public synchronized void change(List<HeldAlert> save, List<AlertKey> remove) {
    save.forEach(alert -> held.put(alert.key(), alert));
    remove.forEach(held::remove);
  }
}

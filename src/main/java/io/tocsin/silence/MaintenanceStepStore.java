package io.tocsin.silence;

import java.time.Instant;
import java.util.List;

/** What was told of planned work. Calls block: virtual threads only. */
public interface MaintenanceStepStore {

  /** The steps of planned work that ends after an instant, oldest first. */
  List<MaintenanceStep> endingAfter(Instant instant);

  /** Keeps a step; false when this kind is told already, or when the work is called off. */
  boolean tell(MaintenanceStep step);
}

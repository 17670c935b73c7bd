package io.tocsin.statuspage;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** How components fared, day by day. Calls block: virtual threads only. */
@FunctionalInterface
public interface UptimeLedger {

  /** Rows of each component by name, from a day (UTC) up to today; any order. */
  Map<String, List<ComponentDay>> since(LocalDate day);
}

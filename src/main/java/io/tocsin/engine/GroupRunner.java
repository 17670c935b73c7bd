package io.tocsin.engine;

import io.tocsin.alert.Evaluation;
import java.time.Instant;
import java.util.List;

/** Evaluates all rules of one group in file order at one timestamp. Blocks as long as it takes. */
@FunctionalInterface
public interface GroupRunner {

  /** What the group's alerting rules found; its recording rules have written their samples. */
  List<Evaluation> run(Instant at);
}

package io.tocsin.promql;

import java.util.List;

/**
 * What a query's asker should know beside its result.
 *
 * @param warnings the result may be wrong
 * @param infos the query may not mean what it says
 */
public record Notes(List<String> warnings, List<String> infos) {

  /** Nothing to say. */
  public static final Notes NONE = new Notes(List.of(), List.of());

  public Notes {
    warnings = List.copyOf(warnings);
    infos = List.copyOf(infos);
  }
}

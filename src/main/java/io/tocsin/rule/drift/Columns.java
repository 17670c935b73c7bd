package io.tocsin.rule.drift;

import java.util.List;

/** Which inputs of a model a rule looks at. */
public sealed interface Columns {

  /** Every input the model has. */
  record All() implements Columns {}

  /** These by name. */
  record Named(List<String> names) implements Columns {
    public Named {
      names = List.copyOf(names);
    }
  }

  /** The inputs that matter most, by the newest importance snapshot. */
  record Top(int count) implements Columns {}
}

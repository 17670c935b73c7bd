package io.tocsin.check;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Checks that were asked for over the API, and which checks rest. Calls may block. */
public interface CheckDefinitionStore {

  /** All of them, by name. */
  List<CheckDefinition> all();

  /** Keeps a definition; false when there is one of that name. */
  boolean add(CheckDefinition definition);

  /** Forgets a definition and its rest; false when there is none of that name. */
  boolean remove(String name);

  /** Names of the checks that rest, whether they still exist or not. */
  Set<String> paused();

  /** Has a check rest from now on, or run again. */
  void pause(String name, boolean rests, Instant now, String by);
}

package io.tocsin.check;

/**
 * Hears every observation, in order for each check. Called on the thread that judged the result: it
 * returns at once and never blocks.
 */
@FunctionalInterface
public interface CheckEvents {

  void observed(CheckObservation observation);
}

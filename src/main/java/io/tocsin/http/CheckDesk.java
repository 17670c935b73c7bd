package io.tocsin.http;

import io.tocsin.check.CheckPolicy;
import io.tocsin.settings.SettingsProblem;
import java.util.List;

/** Takes what people ask of checks over the API. All may block. */
public interface CheckDesk {

  /**
   * A check there is.
   *
   * @param kind its probe's kind
   * @param origin {@code config} when it stands in the files, {@code api} when it was asked for
   *     here
   * @param paused whether it rests
   */
  record Listed(CheckPolicy policy, String kind, String origin, boolean paused) {}

  /** Every check, those of the files first. */
  List<Listed> all();

  /**
   * Begins a new check.
   *
   * @param document JSON as in the configuration
   * @return its name
   * @throws SettingsProblem when it cannot be taken; then nothing changed
   * @throws ProblemException 409 when there is a check of that name
   */
  String create(String document, String by);

  /**
   * Ends a check that was asked for here.
   *
   * @throws ProblemException 409 when another check depends on it
   */
  void remove(String name);

  /** Has a check rest, or run again. */
  void pause(String name, boolean rests, String by);

  /** Runs a check now; back when it has been judged. */
  void run(String name);
}

package io.tocsin.statuspage;

import java.time.Instant;

/**
 * Which state of each component webhooks were last told of. Calls block: virtual threads only.
 *
 * @see ComponentNews
 */
public interface ToldStates {

  /**
   * Compares the page with what was told, and plans the news of each change in one transaction with
   * the new state: so a change is told once, wherever the process is killed. A component seen for
   * the first time is only noted. One whose state is not known keeps the one that was told, as the
   * format has no word for it. A page older than what was told changes nothing.
   */
  void observe(PageSnapshot page, Instant now);
}

package io.tocsin.web;

import io.tocsin.access.LoginSession;
import java.time.Instant;

/**
 * A session in a list.
 *
 * @param holder whose, by name
 * @param ends when, unless it is used again
 * @param current whether it is the reader's own
 */
public record SessionRow(
    LoginSession session, String holder, Instant ends, boolean current, Instant now) {

  /** Names it in addresses. */
  public String handle() {
    return session.handle();
  }

  /** What the browser is, as far as it can be told in a few words. */
  public String browser() {
    String agent = session.agent();
    String name =
        agent.contains("Edg/")
            ? "Edge"
            : agent.contains("Firefox/")
                ? "Firefox"
                : agent.contains("Chrome/")
                    ? "Chrome"
                    : agent.contains("Safari/") ? "Safari" : first(agent);
    String system =
        agent.contains("Android")
            ? "Android"
            : agent.contains("iPhone") || agent.contains("iPad")
                ? "iOS"
                : agent.contains("Windows")
                    ? "Windows"
                    : agent.contains("Mac OS X") ? "macOS" : agent.contains("Linux") ? "Linux" : "";
    return system.isEmpty() ? name : name + " on " + system;
  }

  private static String first(String agent) {
    String word = agent.split("[ /]", 2)[0];
    return word.isEmpty() ? "unknown" : word;
  }
}

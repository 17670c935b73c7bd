package io.tocsin;

import io.tocsin.access.Principal;
import io.tocsin.incident.ChangeEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over a changed configuration: checks, scrapes, models, rules, routes, receivers. All or
 * nothing: the files are read and checked as a whole before anything changes. Listeners, database
 * and storage need a restart.
 */
final class Reload {

  private static final Logger log = LoggerFactory.getLogger(Reload.class);

  private final Server.Parts parts;
  private volatile Configuration current;
  private volatile Instant at;
  private volatile Optional<String> trouble = Optional.empty();

  Reload(Server.Parts parts) {
    this.parts = parts;
    this.current = parts.configuration();
    this.at = parts.clock().instant();
  }

  /** The configuration that is decided by. */
  Configuration current() {
    return current;
  }

  /** When the files were read last with success. */
  Instant at() {
    return at;
  }

  /** Whether the last reload was refused, so that the files are not what we run by. */
  boolean refused() {
    return trouble.isPresent();
  }

  /** Why the last reload was refused, if it was. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Reads the file again and decides by it from now on; throws when it is bad. */
  void run(Principal by) {
    try {
      take(by);
      trouble = Optional.empty();
    } catch (RuntimeException refused) {
      trouble = Optional.of(String.valueOf(refused.getMessage()));
      throw refused;
    }
  }

  private void take(Principal by) {
    Configuration next = Configuration.read(parts.configuration().file(), System.getenv());
    parts.engine().check(next);
    parts.roster().reconfigure(next);
    parts.engine().reconfigure(next);
    parts.site().reconfigure(next.page().spec());
    current = next;
    at = parts.clock().instant();
    log.info("configuration reloaded by {}: {}", by.name(), next.summary());
    remember(by, next);
  }

  /** A change like any other: the first thing to look at when trouble begins after it. */
  private void remember(Principal by, Configuration next) {
    var change =
        new ChangeEvent(
            "configuration-" + at.toEpochMilli(),
            at,
            by.name(),
            "Tocsin's configuration was taken over: " + next.summary(),
            List.of(),
            Map.of(),
            List.of());
    try {
      parts.stores().changes().save(change);
    } catch (RuntimeException away) {
      log.warn("the reload is not kept as a change: {}", away.getMessage());
    }
  }
}

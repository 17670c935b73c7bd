package io.tocsin;

import io.tocsin.access.Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over a changed configuration: checks, scrapes, models, rules, routes, receivers. All or
 * nothing: the files are read and checked as a whole before anything changes. Listeners, database
 * and the status page's list of components need a restart.
 */
record Reload(Server.Parts parts) {

  private static final Logger log = LoggerFactory.getLogger(Reload.class);

  /** Reads the file again and decides by it from now on; throws when it is bad. */
  void run(Principal by) {
    Configuration next = Configuration.read(parts.configuration().file(), System.getenv());
    parts.probes().replace(next.checks(), next.scrapes(), parts.probes().states());
    parts.board().configure(next.checks(), parts.probes());
    parts.engine().reconfigure(next);
    log.info("configuration reloaded by {}: {}", by.name(), next.summary());
  }
}

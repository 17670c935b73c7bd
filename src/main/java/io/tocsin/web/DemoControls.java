package io.tocsin.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The simulated company of the demo: what can be broken, and what its receivers got. */
public interface DemoControls {

  List<Dependency> dependencies();

  /** Breaks a dependency by name; nothing happens when there is none or it is broken already. */
  void breakIt(String dependency);

  /** Heals a dependency by name. */
  void heal(String dependency);

  /** What receivers got, newest first, bounded. */
  List<Received> received();

  /**
   * A part of the simulated company.
   *
   * @param name of it
   * @param does what it stands for, and how it breaks
   * @param brokenSince since when it is broken; empty while it is well
   */
  record Dependency(String name, String does, Optional<Instant> brokenSince) {}

  /**
   * One message as a receiver got it.
   *
   * @param at when
   * @param receiver which: pagerduty, webhook, ...
   * @param summary its first line: what it is about
   * @param body as received, JSON mostly
   */
  record Received(Instant at, String receiver, String summary, String body) {}
}

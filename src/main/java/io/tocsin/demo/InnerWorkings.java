package io.tocsin.demo;

import java.time.Instant;
import java.util.Optional;

/** Everything of the simulated company that is scraped, beside its services' own numbers. */
final class InnerWorkings {

  private final Tide tide = new Tide(20260302);
  private final Hosts hosts;
  private final Machinery machinery;
  private final Business business;

  InnerWorkings(Faults faults) {
    hosts = new Hosts(tide, faults);
    machinery = new Machinery(tide, faults);
    business = new Business(tide, faults);
  }

  /** One second passes. */
  void advance() {
    tide.advance();
  }

  /** What a path of the metrics' server answers, in Prometheus' text format. */
  Optional<String> metrics(String path, Instant now) {
    return Optional.ofNullable(
        switch (path) {
          case "/metrics/host/web-1" -> hosts.node("web-1");
          case "/metrics/host/db-1" -> hosts.node("db-1");
          case "/metrics/cluster" -> hosts.cluster();
          case "/metrics/jvm" -> machinery.jvm();
          case "/metrics/postgres" -> machinery.postgres();
          case "/metrics/capacity" -> machinery.capacity();
          case "/metrics/upkeep" -> machinery.upkeep(now);
          case "/metrics/business" -> business.figures();
          case "/metrics/support" -> business.support();
          default -> null;
        });
  }
}

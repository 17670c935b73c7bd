package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;

import io.tocsin.access.AccessPolicy;
import io.tocsin.statuspage.Fabricated;
import java.time.InstantSource;

/** Serves every page with made-up data on loopback, to be looked at. */
final class Preview {

  private Preview() {}

  public static void main(String[] arguments) {
    var servers = new PageServers();
    InstantSource clock = InstantSource.fixed(NOW);
    servers.openPublic(9211, now -> Fabricated.input(NOW), clock);
    servers.openPublic(9212, now -> Fabricated.calm(NOW), clock);
    servers.openPublic(
        9213, now -> Fabricated.input(NOW), InstantSource.fixed(NOW.plusSeconds(3000)));
    servers.openConsole(9220, FabricatedDesk.busy(NOW), clock, AccessPolicy.OPEN);
    servers.openConsole(9221, FabricatedDesk.quiet(NOW), clock, AccessPolicy.OPEN);
    servers.openConsole(9222, FabricatedDesk.quiet(NOW), clock, AccessPolicy.TOKENS);
  }
}

package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;

import io.tocsin.statuspage.Fabricated;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Serves the public pages with made-up data on loopback, to be looked at. */
final class StatusPagePreview {

  private StatusPagePreview() {}

  /** Takes a port and, if it is to write the page as files, a folder. */
  public static void main(String[] arguments) {
    var servers = new PageServers();
    int port = Integer.parseInt(arguments[0]);
    InstantSource clock = InstantSource.fixed(NOW);
    Optional<Path> folder =
        arguments.length > 1 ? Optional.of(Path.of(arguments[1])) : Optional.empty();
    servers.openPublic(
        port, servers.site(Fabricated.showcase(), now -> Fabricated.rich(NOW), clock, folder));
    servers.openPublic(port + 1, now -> Fabricated.calm(NOW), clock);
    servers.openPublic(
        port + 2, now -> Fabricated.input(NOW), InstantSource.fixed(NOW.plusSeconds(3000)));
  }
}

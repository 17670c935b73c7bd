package io.tocsin.channel;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a channel needs of the world.
 *
 * @param vertx sends
 * @param console where people open the operators' console, for links in messages
 * @param clock for signatures; the message itself carries its own time
 * @param smtp the mail server, if one is configured
 */
public record Outside(Vertx vertx, URI console, InstantSource clock, Optional<SmtpServer> smtp) {

  /** The console's page of an incident. */
  String link(String incidentId) {
    String base = console.toString();
    return (base.endsWith("/") ? base : base + "/") + "incidents/" + incidentId;
  }
}

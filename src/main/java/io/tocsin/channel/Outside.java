package io.tocsin.channel;

import io.tocsin.notify.Message;
import io.tocsin.notify.Threads;
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
 * @param actions addresses by which readers act; none when nothing can sign them
 * @param threads under what name receivers keep conversations
 */
public record Outside(
    Vertx vertx,
    URI console,
    InstantSource clock,
    Optional<SmtpServer> smtp,
    Optional<ActionLinks> actions,
    Threads threads) {

  /** Without actions, and with conversations that end with the process. */
  public Outside(Vertx vertx, URI console, InstantSource clock, Optional<SmtpServer> smtp) {
    this(vertx, console, clock, smtp, Optional.empty(), Threads.inMemory());
  }

  /** The console's page of an incident. */
  String link(String incidentId) {
    String base = console.toString();
    return (base.endsWith("/") ? base : base + "/") + "incidents/" + incidentId;
  }

  String link(Message message) {
    return link(message.incident().id().value());
  }

  /** The address that acknowledges, while there is something to acknowledge. */
  Optional<String> acknowledge(Message message) {
    return message.incident().open() && message.incident().acknowledgedAt().isEmpty()
        ? actions.map(links -> links.link(message, ActionLinks.Verb.ACKNOWLEDGE))
        : Optional.empty();
  }

  /** The address that resolves, while there is something to resolve. */
  Optional<String> resolve(Message message) {
    return message.incident().open()
        ? actions.map(links -> links.link(message, ActionLinks.Verb.RESOLVE))
        : Optional.empty();
  }
}

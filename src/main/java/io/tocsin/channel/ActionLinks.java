package io.tocsin.channel;

import io.tocsin.access.SignedText;
import io.tocsin.incident.IncidentId;
import io.tocsin.notify.Message;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Addresses by which whoever has a message can acknowledge or resolve its incident without logging
 * in. A message gives the same address each time it is sent; the address expires.
 */
public final class ActionLinks {

  /** How long after the message an address works. */
  public static final Duration VALID = Duration.ofHours(72);

  /** Under which path the addresses stand. */
  public static final String PATH = "act";

  private static final String PURPOSE = "act";

  private final URI console;
  private final SignedText signature;

  public ActionLinks(URI console, SignedText signature) {
    this.console = console;
    this.signature = signature;
  }

  /** What an address does. */
  public enum Verb {
    ACKNOWLEDGE,
    RESOLVE
  }

  /**
   * What an address means.
   *
   * @param receiver whose message it stood in; the actor in the timeline
   * @param expires until when it works
   */
  public record Action(Verb verb, IncidentId incident, String receiver, Instant expires) {}

  /** The address for a message. */
  public String link(Message message, Verb verb) {
    String base = console.toString();
    return (base.endsWith("/") ? base : base + "/") + PATH + "/" + token(message, verb);
  }

  /** The signed text alone, for buttons that hold a value. */
  String token(Message message, Verb verb) {
    return signature.sign(
        String.join(
            "\n",
            PURPOSE,
            verb.name(),
            message.incident().id().value(),
            message.at().plus(VALID).toString(),
            message.destination().receiver()));
  }

  /** The action of an address, also an expired one; empty when we did not make it. */
  public Optional<Action> read(String token) {
    String[] parts = signature.read(token).orElse("").split("\n", 5);
    if (parts.length != 5 || !parts[0].equals(PURPOSE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Action(
              Verb.valueOf(parts[1]), new IncidentId(parts[2]), parts[4], Instant.parse(parts[3])));
    } catch (IllegalArgumentException | DateTimeParseException malformed) {
      return Optional.empty();
    }
  }
}

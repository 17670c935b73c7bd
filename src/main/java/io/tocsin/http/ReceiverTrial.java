package io.tocsin.http;

import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.ReceiverView;
import io.tocsin.notify.SendResult;
import io.tocsin.notify.TestMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Tries a receiver: sends it a test past its breaker, or shows what it would be sent. Blocks.
 *
 * @param port the receivers as they are now
 */
public record ReceiverTrial(Supplier<ReceiverRoutes.Port> port) {

  /** One message that was sent on trial. */
  public record Tried(String destination, boolean delivered, String detail, Duration took) {}

  /** What one way of a receiver would be sent. */
  public record Shown(String destination, String sent) {}

  /** The receiver of this name. */
  public Optional<ReceiverView> named(String name, Instant now) {
    return port.get().views(now).stream().filter(view -> view.name().equals(name)).findFirst();
  }

  /** Opens and closes by each way, so that nothing stays open at the receiver. */
  public List<Tried> test(ReceiverView receiver, Severity severity, Instant now) {
    var tried = new ArrayList<Tried>();
    for (ReceiverView.Way way : receiver.ways()) {
      Tried opened = send(TestMessage.of(way.destination(), severity, true, now));
      tried.add(opened);
      if (opened.delivered) {
        tried.add(send(TestMessage.of(way.destination(), severity, false, now)));
      }
    }
    return List.copyOf(tried);
  }

  private Tried send(Message message) {
    long began = System.nanoTime();
    SendResult result;
    try {
      result = port.get().channel(message.destination()).send(message).toCompletableFuture().join();
    } catch (CompletionException failed) {
      result = new SendResult.Refused("the channel itself failed");
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    String name = message.destination().toString();
    return switch (result) {
      case SendResult.Delivered it -> new Tried(name, true, it.detail(), took);
      case SendResult.Retry it -> new Tried(name, false, it.reason(), took);
      case SendResult.Refused it -> new Tried(name, false, it.reason(), took);
    };
  }

  /** What each way would be sent about an incident, or about a made-up one. */
  public List<Shown> preview(ReceiverView receiver, Optional<Incident> incident, Instant now) {
    var shown = new ArrayList<Shown>();
    for (ReceiverView.Way way : receiver.ways()) {
      Message message = message(way.destination(), incident, now);
      shown.add(
          new Shown(
              way.destination().toString(),
              port.get().channel(way.destination()).preview(message)));
    }
    return List.copyOf(shown);
  }

  /**
   * A template filled with what the receiver would be sent.
   *
   * @throws IllegalArgumentException saying where the template is wrong
   */
  public String filled(
      ReceiverView receiver, String template, Optional<Incident> incident, Instant now) {
    Message sample = message(new Destination(receiver.name(), "preview", 0), incident, now);
    return port.get().filled(template, sample);
  }

  private static Message message(
      Destination destination, Optional<Incident> incident, Instant now) {
    return incident
        .map(it -> TestMessage.about(destination, it, now))
        .orElseGet(() -> TestMessage.of(destination, Severity.HIGH, true, now));
  }
}

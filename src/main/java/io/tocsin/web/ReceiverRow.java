package io.tocsin.web;

import io.tocsin.notify.Breaker;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.DeliveryLedger;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.ReceiverView;
import io.tocsin.notify.Throttle;
import java.util.List;
import java.util.Map;

/**
 * A receiver with how it fares.
 *
 * @param receiver as configured, without secrets
 * @param ways each with its standing
 */
public record ReceiverRow(ReceiverView receiver, List<Way> ways) {

  /** One way to it, and how it fares. */
  public record Way(ReceiverView.Way way, DeliveryLedger.Standing standing) {

    /** Whether it is tried, in words. */
    public String breaker() {
      return switch (way.breaker()) {
        case CLOSED -> "Breaker closed";
        case OPEN -> "Breaker open";
        case HALF_OPEN -> "Breaker half open";
      };
    }

    /** What that means. */
    public String meaning() {
      return switch (way.breaker()) {
        case CLOSED -> "messages are sent";
        case OPEN -> "three messages in a row failed: nothing is sent for a while";
        case HALF_OPEN -> "one message goes as a trial";
      };
    }

    /** The style of that. */
    public String look() {
      return switch (way.breaker()) {
        case CLOSED -> "result-delivered";
        case OPEN -> "result-dead";
        case HALF_OPEN -> "result-pending";
      };
    }

    /** Whether messages go. */
    public boolean sends() {
      return way.breaker() == Breaker.State.CLOSED;
    }

    /** As in {@code at most 10 in 1 min}. */
    public static String words(Throttle throttle) {
      return "at most " + throttle.messages() + " in " + Times.span(throttle.within());
    }
  }

  static ReceiverRow of(
      ReceiverView receiver, Map<Destination, DeliveryLedger.Standing> standings) {
    return new ReceiverRow(
        receiver,
        receiver.ways().stream()
            .map(
                way ->
                    new Way(
                        way,
                        standings.getOrDefault(way.destination(), DeliveryLedger.Standing.NONE)))
            .toList());
  }

  /** How many messages were given up. */
  public int dead() {
    return ways.stream().mapToInt(way -> way.standing().dead()).sum();
  }

  /** What a message says, without the incident's number, which stands beside it. */
  public static String text(Message message) {
    String number = "#" + message.incident().number() + " ";
    return message.text().startsWith(number)
        ? message.text().substring(number.length())
        : message.text();
  }

  /** A delivery's state in a word. */
  public static String word(Delivery.State state) {
    return switch (state) {
      case PENDING -> "Waiting";
      case DELIVERED -> "Delivered";
      case DEAD -> "Given up";
    };
  }
}

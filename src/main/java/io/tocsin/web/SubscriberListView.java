package io.tocsin.web;

import io.tocsin.statuspage.PageSpec;
import io.tocsin.statuspage.Subscriber;
import io.tocsin.statuspage.SubscriberDirectory.Last;
import io.tocsin.statuspage.SubscriberDirectory.Listed;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The list of subscribers as one reader may see it.
 *
 * @param counts by {@code kind.state}
 * @param listed the page's components
 * @param typed what was typed to add one
 * @param troubles what is wrong with it, by field
 * @param whole whether the reader sees whole addresses, and may change something
 */
public record SubscriberListView(
    Slice<Listed> slice,
    Address address,
    Map<String, Integer> counts,
    List<PageSpec.Component> listed,
    Map<String, String> typed,
    Map<String, String> troubles,
    boolean whole,
    Instant now) {

  /** How many there are in a state, however they hear. */
  public int count(Subscriber.State state) {
    return counts.entrySet().stream()
        .filter(it -> it.getKey().endsWith("." + state.label()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** What the filter asks for. */
  public String chosen(String field) {
    return address.fields().getOrDefault(field, "");
  }

  /** What was typed into a field. */
  public String typed(String field) {
    return typed.getOrDefault(field, "");
  }

  /** What is wrong with a field. */
  public String trouble(String field) {
    return troubles.getOrDefault(field, "");
  }

  /** The address as this reader may see it. */
  public String address(Subscriber subscriber) {
    return whole ? subscriber.target() : subscriber.masked();
  }

  /** The address that hears of failure, as this reader may see it. */
  public String email(Subscriber subscriber) {
    return whole ? subscriber.email() : Subscriber.masked(subscriber.email());
  }

  /** What it cares for. */
  public String components(Subscriber subscriber) {
    return subscriber.components().isEmpty()
        ? "all"
        : SubscriberListPages.names(listed, subscriber.components());
  }

  /** A colour for a state, by the names of results. */
  public static String tone(Subscriber.State state) {
    return switch (state) {
      case ACTIVE -> "result-delivered";
      case UNCONFIRMED -> "result-pending";
      case DISABLED -> "result-dead";
    };
  }

  /** A colour for how a message went. */
  public static String tone(Last last) {
    return switch (last.result()) {
      case DELIVERED -> "result-delivered";
      case WAITING -> "result-pending";
      case FAILED -> "result-dead";
    };
  }
}

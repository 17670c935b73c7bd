package io.tocsin.web;

import java.util.List;

/**
 * What a reader typed who wants news, kept when something about it is wrong.
 *
 * @param kind {@code email}, {@code webhook} or {@code slack}
 * @param components ids of chosen components
 */
public record SubscriptionForm(
    String email,
    String kind,
    String url,
    List<String> components,
    boolean wrongEmail,
    boolean wrongUrl) {

  static final SubscriptionForm EMPTY =
      new SubscriptionForm("", "email", "", List.of(), false, false);

  public SubscriptionForm {
    components = List.copyOf(components);
  }

  boolean right() {
    return !wrongEmail && !wrongUrl;
  }
}

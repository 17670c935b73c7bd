package io.tocsin.web;

import io.tocsin.statuspage.Subscriber;
import java.util.List;

/**
 * What a reader typed who wants news, kept when something about it is wrong.
 *
 * @param kind how news is to arrive
 * @param components ids of chosen components
 */
public record SubscriptionForm(
    String email,
    Subscriber.Kind kind,
    String url,
    List<String> components,
    boolean wrongEmail,
    boolean wrongUrl) {

  static final SubscriptionForm EMPTY =
      new SubscriptionForm("", Subscriber.Kind.EMAIL, "", List.of(), false, false);

  public SubscriptionForm {
    components = List.copyOf(components);
  }

  boolean right() {
    return !wrongEmail && !wrongUrl;
  }
}

package io.tocsin.statuspage;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody who asked the public page for news.
 *
 * @param id names it in links; nobody can guess it
 * @param kind how it hears
 * @param target the e-mail address, or the URL that is posted to
 * @param email who confirmed, and who hears when a URL fails for long
 * @param components ids of the components it cares for; empty: all
 * @param language of its mails
 * @param createdAt when it asked, or asked again
 * @param confirmedAt when the link in the mail was used; nothing is told before
 * @param failingSince since when nothing arrived
 * @param disabledAt when we gave up
 */
public record Subscriber(
    String id,
    Kind kind,
    String target,
    String email,
    List<String> components,
    Language language,
    Instant createdAt,
    Optional<Instant> confirmedAt,
    Optional<Instant> failingSince,
    Optional<Instant> disabledAt) {

  /** How news arrives. */
  public enum Kind {
    EMAIL,
    WEBHOOK,
    SLACK;

    /** As forms, addresses and documents name it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The one so named. */
    public static Optional<Kind> parse(String label) {
      return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
    }
  }

  /** Where a subscription stands. */
  public enum State {
    ACTIVE,
    UNCONFIRMED,
    DISABLED;

    /** As forms, addresses and documents name it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where it stands. */
  public State state() {
    if (disabledAt.isPresent()) {
      return State.DISABLED;
    }
    return confirmedAt.isPresent() ? State.ACTIVE : State.UNCONFIRMED;
  }

  public Subscriber {
    components = List.copyOf(components);
  }

  /** One that has only asked. */
  public static Subscriber asked(
      String id,
      Kind kind,
      String target,
      String email,
      List<String> components,
      Language language,
      Instant now) {
    return new Subscriber(
        id,
        kind,
        target,
        email,
        components,
        language,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it is told what happens. */
  public boolean active() {
    return state() == State.ACTIVE;
  }

  /** Whether news about these components (none: about all) concerns it. */
  public boolean wants(List<String> hit) {
    return components.isEmpty() || hit.isEmpty() || hit.stream().anyMatch(components::contains);
  }

  /** The address with most of it hidden: {@code a***@example.com}, {@code https://host/***}. */
  public String masked() {
    if (kind == Kind.EMAIL) {
      return masked(target);
    }
    int path = target.indexOf('/', target.indexOf("//") + 2);
    return (path < 0 ? target : target.substring(0, path)) + "/***";
  }

  /** An e-mail address with most of it hidden. */
  public static String masked(String email) {
    int at = email.lastIndexOf('@');
    return at < 1
        ? "***"
        : email.substring(0, email.offsetByCodePoints(0, 1)) + "***" + email.substring(at);
  }
}

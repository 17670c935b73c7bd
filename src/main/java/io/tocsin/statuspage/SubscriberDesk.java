package io.tocsin.statuspage;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks after subscribers for an operator: the same checks whether asked over the API or in the
 * console.
 *
 * @param directory who is subscribed
 * @param page as configured
 * @param ids makes ids that nobody can guess
 */
public record SubscriberDesk(
    SubscriberDirectory directory, Supplier<PageSpec> page, Supplier<String> ids) {

  /**
   * Whom an operator wants to add.
   *
   * @param url where to post to, for a webhook or Slack
   * @param components ids of listed components; none: all
   * @param vouched whether the operator knows that they want it, so that nobody is asked
   */
  public record Wish(
      Subscriber.Kind kind,
      String email,
      String url,
      List<String> components,
      Optional<Language> language,
      boolean vouched) {
    public Wish {
      components = List.copyOf(components);
    }
  }

  /** Something about a wish cannot be. */
  public static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String field;
    private final String found;

    Wrong(String field, String found, String expected) {
      super(expected, null, false, false);
      this.field = field;
      this.found = found;
    }

    /** As the API names it. */
    public String field() {
      return field;
    }

    public String found() {
      return found;
    }

    /** What would have been right. */
    public String expected() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Adds a subscriber, or finds the one that is there already.
   *
   * @throws Wrong when an address or a component cannot be, or the store is full
   */
  public Subscriber add(Wish wish, Instant now) {
    String email = wish.email.strip().toLowerCase(Locale.ROOT);
    String url = wish.url.strip();
    boolean byMail = wish.kind == Subscriber.Kind.EMAIL;
    if (!SubscriberAddress.email(email)) {
      throw new Wrong("email", wish.email, "an address such as name@example.com");
    }
    if (!byMail && !SubscriberAddress.postable(wish.kind, url)) {
      throw new Wrong(
          "url",
          wish.url,
          wish.kind == Subscriber.Kind.SLACK
              ? "an address that begins with https://hooks.slack.com/"
              : "an address that begins with https://");
    }
    List<String> listed = page.get().components().stream().map(PageSpec.Component::id).toList();
    for (String component : wish.components) {
      if (!listed.contains(component)) {
        throw new Wrong("components", component, "ids of listed components: " + listed);
      }
    }
    var asked =
        Subscriber.asked(
            ids.get(),
            wish.kind,
            byMail ? email : url,
            email,
            wish.components,
            wish.language.orElse(page.get().look().language()),
            now);
    var bounds = SubscriberStore.Bounds.USUAL;
    Optional<Subscriber> kept =
        wish.vouched ? directory.enrol(asked, bounds, now) : directory.ask(asked, bounds, now);
    return kept.orElseThrow(
        () -> new Wrong("email", email, "fewer subscribers: there is no room for another"));
  }
}

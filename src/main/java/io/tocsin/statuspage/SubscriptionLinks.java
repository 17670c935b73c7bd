package io.tocsin.statuspage;

import io.tocsin.access.SignedText;
import java.time.Instant;
import java.util.Optional;

/**
 * Signed addresses by which a subscriber acts. A confirmation runs out; the link to manage and the
 * one to unsubscribe hold as long as the subscription.
 *
 * @param home the page's own address, with a slash at its end
 * @param signature signs
 */
public record SubscriptionLinks(String home, SignedText signature) {

  /** What a link does. */
  public enum Act {
    CONFIRM("confirm"),
    MANAGE("subscription"),
    UNSUBSCRIBE("unsubscribe");

    private final String path;

    Act(String path) {
      this.path = path;
    }

    /** The first segment of its path. */
    public String path() {
      return path;
    }
  }

  /** The link that confirms until an instant. */
  public String confirm(String subscriber, Instant until) {
    return home + Act.CONFIRM.path + "/" + sign(Act.CONFIRM, subscriber, until.getEpochSecond());
  }

  /** The link that changes or ends a subscription. */
  public String link(Act act, String subscriber) {
    return home + act.path + "/" + sign(act, subscriber, 0);
  }

  /** With a link that holds outside the page: one that knows no address of its own links to "/". */
  public News.Words absolute(News.Words said) {
    return said.link().startsWith("/")
        ? new News.Words(said.subject(), said.title(), said.text(), home + said.link().substring(1))
        : said;
  }

  private String sign(Act act, String subscriber, long until) {
    return signature.sign("subscriber\n" + act + "\n" + subscriber + "\n" + until);
  }

  /** Whose link this is; empty when we did not make it, it is for another act, or ran out. */
  public Optional<String> read(Act act, String token, Instant now) {
    return signature
        .read(token)
        .map(text -> text.split("\n", -1))
        .filter(parts -> parts.length == 4 && parts[0].equals("subscriber"))
        .filter(parts -> parts[1].equals(act.name()))
        .filter(parts -> parts[3].equals("0") || Long.parseLong(parts[3]) >= now.getEpochSecond())
        .map(parts -> parts[2]);
  }
}

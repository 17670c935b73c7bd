package io.tocsin.statuspage;

import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/** What may be subscribed: addresses that look like ones, before anything is sent to them. */
public final class SubscriberAddress {

  private static final Pattern EMAIL =
      Pattern.compile(
          "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,180}\\.[A-Za-z]{2,24}");
  private static final Set<String> SLACK = Set.of("hooks.slack.com", "hooks.slack-gov.com");
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_URL = 1000;

  private SubscriberAddress() {}

  /** Whether it is the address of a mailbox, without a name. */
  public static boolean email(String text) {
    return text.length() <= LONGEST_EMAIL && EMAIL.matcher(text).matches();
  }

  /** Whether news of this kind may be posted to it: https, no password, for Slack only Slack's. */
  public static boolean postable(Subscriber.Kind kind, String url) {
    try {
      URI address = URI.create(url);
      return url.length() <= LONGEST_URL
          && "https".equalsIgnoreCase(address.getScheme())
          && address.getHost() != null
          && address.getRawUserInfo() == null
          && (kind == Subscriber.Kind.WEBHOOK || SLACK.contains(address.getHost()));
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }
}

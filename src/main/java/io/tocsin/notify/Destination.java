package io.tocsin.notify;

/**
 * One way to reach one receiver: several kinds may stand under one receiver's name.
 *
 * @param receiver name of the receiver in the configuration
 * @param kind name of the channel: pagerduty, webhook, email, slack
 * @param index position among the receiver's channels of that kind, from 0
 */
public record Destination(String receiver, String kind, int index) {

  /** Stable text form {@code ops/pagerduty/0}: the lane's name in the outbox and in metrics. */
  @Override
  public String toString() {
    return receiver + "/" + kind + "/" + index;
  }

  /** Reads the text form back; the receiver's own name may hold slashes. */
  public static Destination parse(String text) {
    int second = text.lastIndexOf('/');
    int first = text.lastIndexOf('/', second - 1);
    if (first < 1) {
      throw new IllegalArgumentException(
          "destination: found \"" + text + "\", expected receiver/kind/index");
    }
    return new Destination(
        text.substring(0, first),
        text.substring(first + 1, second),
        Integer.parseInt(text.substring(second + 1)));
  }
}

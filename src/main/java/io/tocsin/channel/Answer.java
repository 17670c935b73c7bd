package io.tocsin.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tocsin.notify.SendResult;
import java.time.Duration;
import java.util.Optional;

/**
 * What came back from a receiver.
 *
 * @param status HTTP status, 0 when the network failed
 * @param body the beginning of the body, or what failed
 * @param retryAfter when the receiver asked for time
 */
record Answer(int status, String body, Optional<Duration> retryAfter) {

  private static final int NO_ANSWER = 0;
  private static final int SHOWN = 200;

  static Answer failed(Throwable failure) {
    String message = failure.getMessage();
    return new Answer(
        NO_ANSWER,
        message == null ? failure.getClass().getSimpleName() : message,
        Optional.empty());
  }

  boolean ok() {
    return status >= 200 && status < 300;
  }

  /** The body as JSON; missing when it is none. */
  JsonNode json() {
    try {
      JsonNode node = Notification.JSON.readTree(body);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }

  /**
   * What it means: 2xx is delivered; 408, 425, 429, 5xx and every failure of the network are worth
   * a retry, not before the time asked for; anything else, redirects included, is refused.
   */
  SendResult result() {
    if (ok()) {
      return new SendResult.Delivered(detail());
    }
    boolean passing =
        status == NO_ANSWER || status == 408 || status == 425 || status == 429 || status >= 500;
    return passing ? new SendResult.Retry(detail(), retryAfter) : new SendResult.Refused(detail());
  }

  String detail() {
    String line = body.strip().replaceAll("\\s+", " ");
    String shown = line.length() > SHOWN ? line.substring(0, SHOWN) : line;
    if (status == NO_ANSWER) {
      return shown;
    }
    return "HTTP " + status + (shown.isEmpty() ? "" : ": " + shown);
  }
}

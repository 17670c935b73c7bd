package io.tocsin.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.access.OutboundGuard;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the person who pressed a button in Slack, and nobody else, what became of it. Tried once:
 * the address is good for half an hour and five answers, and whoever hears nothing presses again.
 *
 * @see <a href="https://docs.slack.dev/interactivity/handling-user-interaction#message_responses">
 *     Slack, response_url</a>
 */
public final class SlackReply {
  private static final Logger log = LoggerFactory.getLogger(SlackReply.class);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final NewsPost post;

  /**
   * @param guard which addresses may be reached
   */
  public SlackReply(Vertx vertx, OutboundGuard guard) {
    this.post = new NewsPost(vertx, guard, TIMEOUT);
  }

  /** Returns at once; what goes wrong is logged. */
  public void tell(URI responseUrl, String words) {
    Thread.ofVirtual().name("slack-reply").start(() -> send(responseUrl, words));
  }

  private void send(URI responseUrl, String words) {
    post.send(responseUrl, Map.of(), body(words))
        .whenComplete((result, failure) -> log.debug("answer to a button: {}", result, failure));
  }

  private static byte[] body(String words) {
    try {
      return JSON.writeValueAsString(
              Map.of("response_type", "ephemeral", "replace_original", false, "text", words))
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write an answer to a button", e);
    }
  }
}

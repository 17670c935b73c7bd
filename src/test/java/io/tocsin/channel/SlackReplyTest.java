package io.tocsin.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.tocsin.Eventually.eventually;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.tocsin.access.OutboundGuard;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SlackReplyTest {

  @RegisterExtension
  static final WireMockExtension SLACK =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void onlyWhoPressedSeesTheAnswerAndTheMessageStays() {
    SLACK.stubFor(post(urlEqualTo("/actions/T1/2/x")).willReturn(aResponse().withStatus(200)));
    var reply = new SlackReply(vertx, OutboundGuard.allowing(List.of("127.0.0.0/8")));
    reply.tell(URI.create(SLACK.url("/actions/T1/2/x")), "Nothing to do: it is resolved");
    eventually(
        Duration.ofSeconds(10),
        () ->
            SLACK.verify(
                postRequestedFor(urlEqualTo("/actions/T1/2/x"))
                    .withRequestBody(
                        equalToJson(
                            """
                            {"response_type": "ephemeral", "replace_original": false,
                             "text": "Nothing to do: it is resolved"}
                            """))));
  }
}

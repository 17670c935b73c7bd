package io.tocsin.channel;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.tocsin.access.SignedText;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.Samples;
import io.tocsin.notify.SendResult;
import io.tocsin.notify.Threads;
import io.tocsin.notify.Transition;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Yaml;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Receivers read from text, and a server that stands for the vendor. */
final class ReceiverHarness implements AutoCloseable {

  final Vertx vertx = Vertx.vertx();
  final WireMockServer vendor = new WireMockServer(options().dynamicPort());
  final ActionLinks actions =
      new ActionLinks(URI.create("http://console.test"), new SignedText(new byte[32]));
  Instant now = Samples.T0;
  private Channels channels;

  ReceiverHarness() {
    vendor.start();
  }

  /** The text of {@code receivers:}; URL is the vendor's address. */
  Channels read(String receivers) {
    var outside =
        new Outside(
            vertx,
            URI.create("http://console.test"),
            () -> now,
            Optional.empty(),
            Optional.of(actions),
            Threads.inMemory());
    channels =
        Channels.read(
            Yaml.read(
                    "receivers: " + receivers.replace("URL", vendor.baseUrl()),
                    "tocsin.yaml",
                    Secrets.none())
                .sections("receivers"),
            outside);
    return channels;
  }

  static Message message(String kind, Transition.Kind transition) {
    Incident open = Samples.incident(Severity.CRITICAL);
    return Samples.message(
        new Destination("r", kind, 0),
        transition == Transition.Kind.RESOLVED
            ? Samples.resolved(open, Samples.T0.plusSeconds(60))
            : open,
        transition);
  }

  SendResult send(Message message) throws Exception {
    return channels
        .byDestination()
        .get(message.destination())
        .send(message)
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  /** What the vendor got, oldest first; WireMock writes its log after it has answered. */
  List<LoggedRequest> requests(int count) {
    eventually(
        Duration.ofSeconds(5),
        () ->
            assertThat(vendor.findAll(WireMock.anyRequestedFor(WireMock.anyUrl()))).hasSize(count));
    return vendor.findAll(WireMock.anyRequestedFor(WireMock.anyUrl()));
  }

  static JsonNode json(LoggedRequest request) throws Exception {
    return Notification.JSON.readTree(request.getBody());
  }

  @Override
  public void close() throws Exception {
    vendor.stop();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}

package io.tocsin.engine;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.tocsin.Eventually.eventually;
import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.tocsin.alert.Severity;
import io.tocsin.channel.Channels;
import io.tocsin.channel.Outside;
import io.tocsin.incident.InMemoryIncidentStore;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentExamples;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.InMemoryOutbox;
import io.tocsin.notify.Message;
import io.tocsin.notify.Transition;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Section;
import io.tocsin.settings.Yaml;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever a receiver does, nothing is lost, nobody else waits, and a key has one content. */
class ReceiverFaultsTest {

  @RegisterExtension
  static final WireMockExtension RECEIVER =
      WireMockExtension.newInstance().options(options().dynamicPort().dynamicHttpsPort()).build();

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final RelaySettings QUICK =
      new RelaySettings(
          4,
          Duration.ofMillis(50),
          Duration.ofSeconds(2),
          Duration.ofHours(24),
          Duration.ofMinutes(2));

  private static Vertx vertx;

  private final InMemoryOutbox outbox = new InMemoryOutbox(new InMemoryIncidentStore());
  private final Channels channels =
      Channels.read(
          receivers(),
          new Outside(
              vertx, URI.create("http://127.0.0.1/"), InstantSource.system(), Optional.empty()));
  private final OutboxRelay relay =
      new OutboxRelay(
          outbox,
          destination -> Optional.ofNullable(channels.byDestination().get(destination)),
          QUICK,
          InstantSource.system(),
          new Random(1),
          message -> Optional.empty(),
          (message, attempt, fate) -> {});

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws InterruptedException {
    relay.close();
  }

  private static List<Section> receivers() {
    var text = new StringBuilder("receivers:\n");
    for (String name : List.of("well", "flapping", "limited", "resetting", "slow", "gone")) {
      String url =
          name.equals("gone")
              ? "http://127.0.0.1:1/"
              : "http://127.0.0.1:" + RECEIVER.getPort() + "/" + name;
      text.append("- { name: %s, webhook: { url: '%s', timeout: 1500ms } }%n".formatted(name, url));
    }
    String wrongTls =
        "https://127.0.0.1:" + RECEIVER.getRuntimeInfo().getHttpsPort() + "/wrong-tls";
    text.append("- { name: tls, webhook: { url: '%s', timeout: 1500ms } }%n".formatted(wrongTls));
    return Yaml.read(text.toString(), "t.yaml", Secrets.none()).sections("receivers");
  }

  /** Answers so for the first times, then well. */
  private static void first(String path, int times, ResponseDefinitionBuilder answer) {
    for (int i = 0; i < times; i++) {
      RECEIVER.stubFor(
          post(urlEqualTo("/" + path))
              .inScenario(path)
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
              .willReturn(answer)
              .willSetStateTo("after " + (i + 1)));
    }
    RECEIVER.stubFor(
        post(urlEqualTo("/" + path))
            .inScenario(path)
            .whenScenarioStateIs(times == 0 ? Scenario.STARTED : "after " + times)
            .willReturn(aResponse().withStatus(200)));
  }

  private void plan(String... receivers) {
    Incident incident = IncidentExamples.open(7, "Database", Severity.HIGH, T0);
    var messages = new ArrayList<Message>();
    for (String receiver : receivers) {
      for (int seq = 1; seq <= 3; seq++) {
        messages.add(
            new Message(
                new Destination(receiver, "webhook", 0),
                incident.id().value(),
                new Transition(seq, Transition.Kind.UPDATE, 0),
                incident,
                receiver + "/" + seq,
                "route 0",
                InstantSource.system().instant()));
      }
    }
    outbox.commit(new Commit(List.of(), List.of(), List.of(), List.of(), messages));
    relay.wake();
  }

  private List<Delivery> of(String receiver) {
    return outbox.deliveries(Optional.empty(), 500).stream()
        .filter(delivery -> delivery.message().destination().receiver().equals(receiver))
        .toList();
  }

  private void delivered(String receiver) {
    assertThat(of(receiver))
        .as(receiver)
        .hasSize(3)
        .allMatch(delivery -> delivery.state() == Delivery.State.DELIVERED);
  }

  @Test
  void faultsDelayOnlyTheirOwnMessagesWhichArriveInOrderWithOneContentEach() {
    first("well", 0, aResponse());
    first("flapping", 3, aResponse().withStatus(500));
    first("limited", 1, aResponse().withStatus(429).withHeader("Retry-After", "1"));
    first("resetting", 2, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    first("slow", 1, aResponse().withStatus(200).withFixedDelay(4_000));
    relay.start();
    plan("gone", "tls", "slow", "flapping", "limited", "resetting", "well");
    eventually(SOON, () -> delivered("well"));
    for (String receiver : List.of("flapping", "resetting", "limited", "slow")) {
      eventually(SOON, () -> delivered(receiver));
    }
    for (String receiver : List.of("well", "flapping", "limited", "resetting", "slow")) {
      inOrder(receiver);
    }
    for (String receiver : List.of("gone", "tls")) {
      eventually(SOON, () -> assertThat(of(receiver).getLast().attempts()).isNotEmpty());
      assertThat(of(receiver)).allMatch(d -> d.state() == Delivery.State.PENDING);
      assertThat(of(receiver).getLast().attempts()).noneMatch(Delivery.Attempt::delivered);
    }
    assertThat(RECEIVER.findAll(postRequestedFor(urlEqualTo("/wrong-tls")))).isEmpty();
  }

  /** The first time that each key was seen is in order, and it is always the same content. */
  private static void inOrder(String receiver) {
    var order = new ArrayList<String>();
    Map<String, String> contents = new HashMap<>();
    for (LoggedRequest request : RECEIVER.findAll(postRequestedFor(urlEqualTo("/" + receiver)))) {
      String key = request.getHeader("Idempotency-Key");
      String before = contents.putIfAbsent(key, request.getBodyAsString());
      if (before == null) {
        order.add(key);
      } else {
        assertThat(request.getBodyAsString()).isEqualTo(before);
      }
    }
    assertThat(order).as(receiver).hasSize(3).isSorted();
  }
}

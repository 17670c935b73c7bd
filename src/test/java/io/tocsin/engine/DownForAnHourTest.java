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
import io.tocsin.settings.Yaml;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An hour of each fault, by a clock turned by hand and the pauses of the real service. */
class DownForAnHourTest {

  @RegisterExtension
  static final WireMockExtension RECEIVER =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration STEP = Duration.ofMinutes(5);

  /** What the receiver does all the time. */
  private enum Trouble {
    UNAVAILABLE(aResponse().withStatus(503)),
    BROKEN(aResponse().withStatus(500)),
    TOO_MANY(aResponse().withStatus(429).withHeader("Retry-After", "600")),
    RESETTING(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
    GARBAGE(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
    HANGING(aResponse().withStatus(200).withFixedDelay(1_000));

    private final ResponseDefinitionBuilder answer;

    Trouble(ResponseDefinitionBuilder answer) {
      this.answer = answer;
    }
  }

  private static Vertx vertx;

  private volatile Instant now = T0;
  private final InstantSource clock = () -> now;
  private final InMemoryOutbox outbox = new InMemoryOutbox(new InMemoryIncidentStore());
  private final Channels channels =
      Channels.read(
          Yaml.read(
                  """
                  receivers:
                    - { name: ill, webhook: { url: '%1$s/ill', timeout: 300ms } }
                    - { name: well, webhook: { url: '%1$s/well', timeout: 5s } }
                  """
                      .formatted(RECEIVER.baseUrl()),
                  "t.yaml",
                  Secrets.none())
              .sections("receivers"),
          new Outside(vertx, URI.create("http://127.0.0.1/"), clock, Optional.empty()));
  private final OutboxRelay relay =
      new OutboxRelay(
          outbox,
          destination -> Optional.ofNullable(channels.byDestination().get(destination)),
          RelaySettings.DEFAULT,
          clock,
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

  private void plan(String receiver, int seq) {
    Incident incident = IncidentExamples.open(7, "Database", Severity.HIGH, T0);
    var message =
        new Message(
            new Destination(receiver, "webhook", 0),
            incident.id().value(),
            new Transition(seq, Transition.Kind.UPDATE, 0),
            incident,
            receiver + "/" + seq,
            "route 0",
            now);
    outbox.commit(new Commit(List.of(), List.of(), List.of(), List.of(), List.of(message)));
    relay.wake();
  }

  private List<Delivery> of(String receiver) {
    return outbox.deliveries(Optional.empty(), 500).stream()
        .filter(delivery -> delivery.message().destination().receiver().equals(receiver))
        .toList();
  }

  private long delivered(String receiver) {
    return of(receiver).stream().filter(d -> d.state() == Delivery.State.DELIVERED).count();
  }

  /** Time passes; what is due is tried. */
  private void step() {
    Delivery oldest = of("ill").getLast();
    now = now.plus(STEP);
    relay.wake();
    if (!oldest.nextAttemptAt().isAfter(now)) {
      eventually(
          SOON,
          () -> {
            Delivery same = of("ill").getLast();
            assertThat(
                    same.attempts().size() > oldest.attempts().size()
                        || same.state() == Delivery.State.DELIVERED)
                .isTrue();
          });
    }
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void nothingIsLostOthersAreToldAtOnceAndEachKeyHasOneContent(Trouble trouble) {
    RECEIVER.stubFor(post(urlEqualTo("/well")).willReturn(aResponse().withStatus(200)));
    RECEIVER.stubFor(post(urlEqualTo("/ill")).willReturn(trouble.answer));
    plan("ill", 1);
    plan("ill", 2);
    plan("well", 1);
    relay.start();
    eventually(SOON, () -> assertThat(of("ill").getLast().attempts()).isNotEmpty());
    for (int steps = 0; steps < 12; steps++) {
      step();
    }
    plan("well", 2);
    eventually(SOON, () -> assertThat(delivered("well")).isEqualTo(2));
    assertThat(of("ill")).allMatch(delivery -> delivery.state() == Delivery.State.PENDING);
    assertThat(requests("ill")).as("not hammered").hasSizeBetween(1, 30);

    RECEIVER.stubFor(post(urlEqualTo("/ill")).willReturn(aResponse().withStatus(200)));
    eventually(
        SOON,
        () -> {
          now = now.plus(STEP);
          relay.wake();
          assertThat(delivered("ill")).isEqualTo(2);
        });
    assertThat(keys("ill")).hasSize(2).isSorted();
    assertThat(keys("well")).hasSize(2);
    assertThat(requests("well")).as("told once each").hasSize(2);
  }

  private static List<LoggedRequest> requests(String receiver) {
    return RECEIVER.findAll(postRequestedFor(urlEqualTo("/" + receiver)));
  }

  /** The keys in the order in which they were first seen; each has one content. */
  private static List<String> keys(String receiver) {
    Map<String, String> contents = new HashMap<>();
    Set<String> keys = new LinkedHashSet<>();
    for (LoggedRequest request : requests(receiver)) {
      String key = request.getHeader("Idempotency-Key");
      String before = contents.putIfAbsent(key, request.getBodyAsString());
      assertThat(before == null || before.equals(request.getBodyAsString())).as(key).isTrue();
      keys.add(key);
    }
    return List.copyOf(keys);
  }
}

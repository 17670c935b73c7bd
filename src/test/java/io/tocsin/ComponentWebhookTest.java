package io.tocsin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.tocsin.access.OutboundGuard;
import io.tocsin.access.SignedText;
import io.tocsin.channel.NewsDispatch;
import io.tocsin.channel.Outside;
import io.tocsin.engine.NewsRelay;
import io.tocsin.postgres.Database;
import io.tocsin.postgres.PostgresSubscribers;
import io.tocsin.postgres.PostgresToldStates;
import io.tocsin.postgres.TestDatabase;
import io.tocsin.statuspage.ComponentState;
import io.tocsin.statuspage.Fabricated;
import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.PageInput;
import io.tocsin.statuspage.PageSnapshot;
import io.tocsin.statuspage.Publication;
import io.tocsin.statuspage.Subscriber;
import io.tocsin.statuspage.SubscriberStore;
import io.tocsin.statuspage.SubscriptionLinks;
import io.tocsin.statuspage.ToldStates;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Webhooks hear of a component's new state also without an incident, once for each change. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComponentWebhookTest {

  @RegisterExtension
  static final WireMockExtension RECEIVER =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  private final Vertx vertx = Vertx.vertx();
  private Database database;
  private SubscriberStore store;
  private ToldStates told;
  private NewsRelay relay;
  private Instant now = NOW;

  @BeforeAll
  void open(Database own) {
    database = own;
    store = new PostgresSubscribers(own);
    told = new PostgresToldStates(own);
    relay = relay();
  }

  private NewsRelay relay() {
    var dispatch =
        new NewsDispatch(
            new Outside(vertx, URI.create("http://console.test"), () -> now, Optional.empty()),
            OutboundGuard.allowing(List.of("127.0.0.0/8")),
            new SubscriptionLinks("http://status.test/", new SignedText(new byte[32])),
            () -> "Acme Cloud status",
            NewsDispatch.POST_WITHIN);
    return new NewsRelay(store, dispatch::send, () -> now);
  }

  @BeforeEach
  void subscribe() {
    database.jdbi().useHandle(handle -> handle.execute("DELETE FROM component_told"));
    store.newest(100).forEach(it -> store.remove(it.id()));
    enrol("all", Subscriber.Kind.WEBHOOK, RECEIVER.baseUrl() + "/all", List.of());
    enrol("web", Subscriber.Kind.WEBHOOK, RECEIVER.baseUrl() + "/web", List.of("web-app"));
    enrol("slack", Subscriber.Kind.SLACK, RECEIVER.baseUrl() + "/slack", List.of());
    for (String path : List.of("/all", "/web", "/slack")) {
      RECEIVER.stubFor(post(urlEqualTo(path)).willReturn(aResponse().withStatus(200)));
    }
    tick();
  }

  private void enrol(String id, Subscriber.Kind kind, String target, List<String> components) {
    var wish = Subscriber.asked(id, kind, target, "o@e.example", components, Language.EN, now);
    store.enrol(wish, SubscriberStore.Bounds.USUAL, now);
  }

  @AfterAll
  void close() throws Exception {
    relay.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void tick() {
    now = now.plusSeconds(10);
  }

  private PageSnapshot page(ComponentState database) {
    PageInput calm = Fabricated.calm(now);
    Map<String, ComponentState> checks = new HashMap<>(calm.checks());
    checks.put("Database", database);
    var input = new PageInput(List.of(), checks, List.of(), calm.days(), now);
    return Publication.derive(Fabricated.spec(), input, now);
  }

  private void sendAll() throws Exception {
    relay.round();
    assertThat(relay.idle(Duration.ofSeconds(20))).isTrue();
  }

  private static List<LoggedRequest> at(String path) {
    return RECEIVER.findAll(postRequestedFor(urlEqualTo(path)));
  }

  @Test
  void aChangeIsPostedInStatuspagesShapeOnceAndOnlyToWebhooksThatWantIt() throws Exception {
    told.observe(page(ComponentState.OPERATIONAL), now);
    sendAll();
    assertThat(at("/all")).as("the first look is not a change").isEmpty();

    tick();
    told.observe(page(ComponentState.MAJOR_OUTAGE), now);
    told.observe(page(ComponentState.MAJOR_OUTAGE), now);
    assertThat(store.backlog(now.plusSeconds(7)))
        .isEqualTo(new SubscriberStore.Backlog(1, Duration.ofSeconds(7)));
    sendAll();
    sendAll();
    assertThat(store.backlog(now)).isEqualTo(SubscriberStore.Backlog.NONE);
    assertThat(at("/web")).isEmpty();
    assertThat(at("/slack")).isEmpty();
    assertThat(at("/all")).hasSize(1);
    LoggedRequest sent = at("/all").getFirst();
    JsonNode body = new ObjectMapper().readTree(sent.getBody());
    assertThat(body.at("/meta/unsubscribe").asText()).startsWith("http://status.test/unsubscribe/");
    assertThat(body.at("/page/status_indicator").asText()).isEqualTo("critical");
    assertThat(body.has("incident")).isFalse();
    JsonNode update = body.get("component_update");
    assertThat(update.get("old_status").asText()).isEqualTo("operational");
    assertThat(update.get("new_status").asText()).isEqualTo("major_outage");
    assertThat(update.get("component_id").asText()).isEqualTo("database");
    assertThat(Instant.parse(update.get("created_at").asText())).isEqualTo(now);
    assertThat(sent.getHeader("Idempotency-Key")).isEqualTo(update.get("id").asText() + "/all");
    assertThat(sent.getHeader("Tocsin-Signature")).startsWith("t=" + now.getEpochSecond() + ",v1=");
    assertThat(body.at("/component/id").asText()).isEqualTo("database");
    assertThat(body.at("/component/name").asText()).isEqualTo("Database");
    assertThat(body.at("/component/status").asText()).isEqualTo("major_outage");
  }

  @Test
  void notToKnowIsNoChangeAndAnOlderPageTakesNothingBack() throws Exception {
    PageSnapshot before = page(ComponentState.OPERATIONAL);
    told.observe(before, now);
    tick();
    told.observe(page(ComponentState.UNKNOWN), now);
    tick();
    told.observe(page(ComponentState.OPERATIONAL), now);
    sendAll();
    assertThat(at("/all")).isEmpty();
    tick();
    told.observe(page(ComponentState.PARTIAL_OUTAGE), now);
    told.observe(before, now);
    sendAll();
    sendAll();
    assertThat(at("/all")).hasSize(1);
  }

  @Test
  void aChangeThatWasCutOffBeforeItsEndIsToldByTheNextProcessOnce() throws Exception {
    told.observe(page(ComponentState.OPERATIONAL), now);
    tick();
    PageSnapshot down = page(ComponentState.MAJOR_OUTAGE);
    database
        .jdbi()
        .useHandle(handle -> handle.execute("ALTER TABLE subscriber_delivery RENAME TO away"));
    assertThatThrownBy(() -> told.observe(down, now)).hasMessageContaining("subscriber_delivery");
    database
        .jdbi()
        .useHandle(handle -> handle.execute("ALTER TABLE away RENAME TO subscriber_delivery"));

    new PostgresToldStates(database).observe(down, now);
    new PostgresToldStates(database).observe(down, now);
    assertThat(store.lease(false, now, Duration.ofMinutes(2), 8))
        .as("leased by a process that is then killed")
        .hasSize(1);
    now = now.plus(Duration.ofMinutes(3));
    sendAll();
    sendAll();
    assertThat(at("/all")).hasSize(1);
  }

  @Test
  void aReceiverThatRedirectsIsTriedAgainWithTheSameBodyAndKey() throws Exception {
    told.observe(page(ComponentState.OPERATIONAL), now);
    tick();
    RECEIVER.stubFor(
        post(urlEqualTo("/all"))
            .willReturn(aResponse().withStatus(302).withHeader("Location", "/slack")));
    told.observe(page(ComponentState.DEGRADED_PERFORMANCE), now);
    sendAll();
    assertThat(store.backlog(now.plusSeconds(7)))
        .as("one that was refused waits, and is not late")
        .isEqualTo(new SubscriberStore.Backlog(1, Duration.ZERO));
    RECEIVER.stubFor(post(urlEqualTo("/all")).willReturn(aResponse().withStatus(200)));
    now = now.plus(Duration.ofMinutes(2));
    sendAll();
    assertThat(at("/slack")).isEmpty();
    assertThat(at("/all")).hasSize(2);
    assertThat(at("/all").get(1).getBody()).isEqualTo(at("/all").get(0).getBody());
    assertThat(at("/all").get(1).getHeader("Idempotency-Key"))
        .isEqualTo(at("/all").get(0).getHeader("Idempotency-Key"));
  }
}

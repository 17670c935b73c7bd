package io.tocsin.web;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.tocsin.statuspage.Fabricated.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Page;
import io.tocsin.access.OutboundGuard;
import io.tocsin.access.SignedText;
import io.tocsin.channel.NewsDispatch;
import io.tocsin.channel.Outside;
import io.tocsin.channel.SmtpServer;
import io.tocsin.engine.NewsRelay;
import io.tocsin.http.Blocking;
import io.tocsin.http.ClientAddress;
import io.tocsin.http.ListenAddress;
import io.tocsin.http.Listener;
import io.tocsin.postgres.Database;
import io.tocsin.postgres.PostgresSubscribers;
import io.tocsin.postgres.TestDatabase;
import io.tocsin.statuspage.Bulletin;
import io.tocsin.statuspage.Fabricated;
import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.News;
import io.tocsin.statuspage.Subscriber;
import io.tocsin.statuspage.SubscriberDirectory;
import io.tocsin.statuspage.SubscriberStore;
import io.tocsin.statuspage.SubscriptionLinks;
import io.vertx.core.Vertx;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Readers who ask for news, from the form to the last mail. */
@ExtendWith({Browser.class, TestDatabase.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscribersTest {

  @RegisterExtension
  static final WireMockExtension RECEIVER =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private final Vertx vertx = Vertx.vertx();
  private final Blocking blocking = new Blocking(20);
  private final SignedText signature = new SignedText(new byte[32]);
  private final Assets assets = new Assets();
  private Instant began = NOW.minus(Duration.ofHours(26));
  private Instant now = began;
  private final InstantSource clock = () -> now;
  private SubscriberStore store;
  private StatusSite site;
  private NewsRelay relay;
  private NewsRelay hasty;
  private SubscriptionLinks links;
  private String address;

  @BeforeAll
  void open(Database database) throws Exception {
    mail.start();
    store = new PostgresSubscribers(database);
    site =
        new StatusSite(
            Fabricated.spec(), at -> Fabricated.input(NOW), InstantSource.fixed(NOW), assets);
    site.refresh();
    int port;
    try (var free = new java.net.ServerSocket(0)) {
      port = free.getLocalPort();
    }
    address = "http://127.0.0.1:" + port;
    links = new SubscriptionLinks(address + "/", signature);
    var smtp =
        new SmtpServer(
            "127.0.0.1",
            mail.getSmtp().getPort(),
            SmtpServer.Tls.NONE,
            Optional.empty(),
            Optional.empty(),
            "status@acme.example");
    relay = relay(smtp, NewsDispatch.POST_WITHIN);
    hasty = relay(smtp, Duration.ofMillis(100));
    var page = new PublicRoutes(site, assets);
    Listener.open(vertx, new ListenAddress("127.0.0.1", port), page, List.of(pages(true), page), 1)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private SubscriptionPages pages(boolean mails) {
    return new SubscriptionPages(
        new SubscriptionPages.Ports(
            site,
            store,
            links,
            subscriber -> NewsDispatch.secret(signature, subscriber),
            mails,
            PageDoor.OPEN,
            ClientAddress.DIRECT,
            blocking,
            clock));
  }

  private NewsRelay relay(SmtpServer smtp, Duration within) {
    var dispatch =
        new NewsDispatch(
            new Outside(vertx, URI.create("http://console.test"), clock, Optional.of(smtp)),
            OutboundGuard.allowing(List.of("127.0.0.0/8")),
            links,
            () -> "Acme Cloud status",
            within);
    return new NewsRelay(store, dispatch::send, clock);
  }

  @BeforeEach
  void empty() throws Exception {
    store.newest(100).forEach(it -> store.remove(it.id()));
    mail.purgeEmailFromAllMailboxes();
    began = began.plus(Duration.ofMinutes(11));
    now = began;
  }

  @AfterAll
  void close() throws Exception {
    mail.stop();
    blocking.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void sendAll() throws Exception {
    sendAll(relay);
  }

  private static void sendAll(NewsRelay relay) throws Exception {
    relay.round();
    assertThat(relay.idle(Duration.ofSeconds(20))).isTrue();
  }

  private static String text(MimeMessage message) throws Exception {
    return (String) ((MimeMultipart) message.getContent()).getBodyPart(0).getContent();
  }

  private static String link(String text, String path) {
    var found = Pattern.compile("http://\\S+/" + path + "/\\S+").matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group();
  }

  private HttpResponse<String> submit(String url, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aVisitorSubscribesConfirmsHearsAndLeavesAtOneClick(Browser.Tabs tabs) throws Exception {
    Page page = tabs.withoutScripts();
    page.navigate(address + "/subscribe");
    page.fill("#email", "Ann@Example.com");
    page.click("form.subscribe button");
    assertThat(page.locator("h1").textContent()).isEqualTo("Look into your mail");
    News news = news(now.plusSeconds(1));
    store.tell(news, now);
    sendAll();
    assertThat(mail.getReceivedMessages()).as("nothing but the confirmation").hasSize(1);
    page.navigate(link(text(mail.getReceivedMessages()[0]), "confirm"));
    assertThat(store.newest(1).getFirst().active()).as("opening a link does nothing").isFalse();
    page.click("main form button");
    assertThat(page.locator("h1").textContent()).isEqualTo("You are subscribed");

    for (News happened : Bulletin.since(site.snapshot(), now)) {
      store.tell(happened, now);
      store.tell(happened, now);
    }
    List<News> all = Bulletin.since(site.snapshot(), now);
    assertThat(all).isNotEmpty();
    for (int round = 0; round < all.size(); round++) {
      sendAll();
    }
    assertThat(mail.getReceivedMessages()).hasSize(1 + all.size());
    MimeMessage first = mail.getReceivedMessages()[1];
    assertThat(first.getHeader("List-Unsubscribe-Post")[0]).isEqualTo("List-Unsubscribe=One-Click");
    String leave = first.getHeader("List-Unsubscribe")[0].replaceAll("[<>\\s]", "");
    assertThat(submit(leave, "List-Unsubscribe=One-Click").statusCode()).isEqualTo(200);
    assertThat(store.newest(1)).isEmpty();
    assertThat(submit(leave, "List-Unsubscribe=One-Click").statusCode()).isEqualTo(200);
    page.navigate(address + "/confirm/nonsense");
    assertThat(page.locator("h1").textContent()).isEqualTo("This link does not work");
  }

  private News news(Instant at) {
    String hostile = Fabricated.HOSTILE;
    News like = Bulletin.since(site.snapshot(), Instant.EPOCH).getFirst();
    return new News(
        "n" + at.toEpochMilli(),
        "lane",
        News.Kind.INCIDENT,
        at,
        List.of("database"),
        java.util.Map.of("en", new News.Words(hostile, hostile, hostile, address)),
        like.webhook());
  }

  @Test
  void aKnownAddressAndAnUnknownOneGetTheSameAnswer() throws Exception {
    String form = "email=known%40example.com&kind=email";
    var first = submit(address + "/subscribe", form);
    store.confirm(store.newest(1).getFirst().id(), now);
    var again = submit(address + "/subscribe", form);
    var program = submit(address + "/subscribe", "email=x%40example.com&website=spam");
    assertThat(again.body()).isEqualTo(first.body()).isEqualTo(program.body());
    assertThat(store.newest(9)).hasSize(1);
    for (int i = 0; i < 8; i++) {
      submit(address + "/subscribe", form);
    }
    assertThat(submit(address + "/subscribe", form).statusCode()).isEqualTo(429);
  }

  private Subscriber webhook() {
    store.ask(
        Subscriber.asked(
            "hook",
            Subscriber.Kind.WEBHOOK,
            RECEIVER.baseUrl() + "/hook",
            "ops@example.com",
            List.of("database"),
            Language.EN,
            now),
        SubscriberStore.Bounds.USUAL,
        now);
    store.confirm("hook", now);
    return store.find("hook").orElseThrow();
  }

  @Test
  void aWebhookGetsStatuspagesShapeAndIsGivenUpAfterADayOfFailure() throws Exception {
    webhook();
    RECEIVER.stubFor(post(urlEqualTo("/hook")).willReturn(aResponse().withStatus(200)));
    store.tell(news(now), now);
    sendAll();
    var sent = RECEIVER.findAll(postRequestedFor(urlEqualTo("/hook"))).getFirst();
    var body = new ObjectMapper().readTree(sent.getBody());
    assertThat(body.at("/meta/unsubscribe").asText()).startsWith(address + "/unsubscribe/");
    assertThat(body.at("/page/status_indicator").asText()).isEqualTo("critical");
    assertThat(body.at("/incident/incident_updates/0/body").asText()).isNotEmpty();
    assertThat(sent.getHeader("Tocsin-Signature"))
        .isEqualTo(
            "t=%d,v1=%s"
                .formatted(now.getEpochSecond(), hmac(now.getEpochSecond() + ".", sent.getBody())));

    RECEIVER.stubFor(
        post(urlEqualTo("/hook"))
            .willReturn(aResponse().withStatus(302).withHeader("Location", "/elsewhere")));
    now = now.plusSeconds(60);
    store.tell(news(now), now);
    sendAll();
    assertThat(store.find("hook").orElseThrow().failingSince()).contains(now);
    assertThat(RECEIVER.findAll(postRequestedFor(urlEqualTo("/elsewhere")))).isEmpty();

    RECEIVER.stubFor(
        post(urlEqualTo("/hook")).willReturn(aResponse().withStatus(200).withFixedDelay(1500)));
    now = now.plus(Duration.ofHours(25));
    sendAll(hasty);
    assertThat(store.find("hook").orElseThrow().disabledAt()).contains(now);
    mail.purgeEmailFromAllMailboxes();
    sendAll();
    assertThat(mail.getReceivedMessages()[0].getSubject()).contains("cannot be delivered");
  }

  /** As a receiver checks it, with the key that its subscriber sees. */
  private String hmac(String time, byte[] body) throws Exception {
    String key = NewsDispatch.secret(signature, store.find("hook").orElseThrow());
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
    mac.update(time.getBytes(UTF_8));
    return HexFormat.of().formatHex(mac.doFinal(body));
  }

  @Test
  void withTheLinkToManageAReaderChoosesComponentsAndSeesTheKey() throws Exception {
    webhook();
    String manage = links.link(SubscriptionLinks.Act.MANAGE, "hook");
    var saved = submit(manage, "component=web-app&component=nonsense");
    assertThat(saved.body())
        .contains("Saved.", NewsDispatch.secret(signature, store.find("hook").orElseThrow()));
    assertThat(store.find("hook").orElseThrow().components()).containsExactly("web-app");
    String other = links.link(SubscriptionLinks.Act.UNSUBSCRIBE, "hook");
    String misused = address + "/subscription" + other.substring(other.lastIndexOf('/'));
    assertThat(submit(misused, "").statusCode()).isEqualTo(404);
  }

  @Test
  void withoutAMailServerThePageOffersFeedsOnly() throws Exception {
    var page = new PublicRoutes(site, assets);
    Listener shy =
        Listener.open(
                vertx, new ListenAddress("127.0.0.1", 0), page, List.of(pages(false), page), 1)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    String url = "http://" + shy.address() + "/subscribe";
    var form =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(form.body()).contains("history.atom").doesNotContain("name=\"email\"");
    assertThat(submit(url, "email=a%40b.example").statusCode()).isEqualTo(404);
    assertThat(store.newest(9)).isEmpty();
  }

  @Test
  void allAddressesOfAnIpv6NetworkAreOneCaller() {
    String one = SubscriptionPages.caller("2001:db8:1:2::1");
    assertThat(SubscriptionPages.caller("2001:db8:1:2:ffff::9")).isEqualTo(one);
    assertThat(SubscriptionPages.caller("2001:db8:1:3::1")).isNotEqualTo(one);
    assertThat(SubscriptionPages.caller("192.0.2.7")).isEqualTo("192.0.2.7");
  }

  @Test
  void anOperatorFindsThemWithTheirLastDelivery() throws Exception {
    Subscriber hook = webhook();
    RECEIVER.stubFor(post(urlEqualTo("/hook")).willReturn(aResponse().withStatus(503)));
    store.tell(news(now), now);
    sendAll();
    Subscriber ann =
        Subscriber.asked(
            "ann",
            Subscriber.Kind.EMAIL,
            "ann@e.example",
            "ann@e.example",
            List.of(),
            Language.EN,
            now);
    store.enrol(ann, SubscriberStore.Bounds.USUAL, now);
    store.enrol(ann, SubscriberStore.Bounds.USUAL, now.plusSeconds(9));
    var all = filter(Optional.empty(), "");
    assertThat(store.count(all)).isEqualTo(2);
    assertThat(store.counts()).containsEntry("email.active", 1).containsEntry("webhook.active", 1);
    assertThat(store.list(filter(Optional.of(Subscriber.State.ACTIVE), "ANN")))
        .extracting(it -> it.subscriber().id())
        .containsExactly("ann");
    assertThat(store.count(filter(Optional.of(Subscriber.State.DISABLED), ""))).isZero();
    var last = store.list(filter(Optional.empty(), "/hook")).getFirst().last().orElseThrow();
    assertThat(last.detail()).contains("status 503");
    assertThat(last.result()).isEqualTo(SubscriberDirectory.Result.WAITING);
    assertThat(hook.email()).isEqualTo("ops@example.com");
    sendAll();
    assertThat(mail.getReceivedMessages()).as("nobody asks ann to confirm").hasSize(1);
  }

  private static SubscriberDirectory.Filter filter(Optional<Subscriber.State> state, String text) {
    return new SubscriberDirectory.Filter(Optional.empty(), state, text, 10, 0);
  }

  @Test
  void hostileWordsInAMailAreText() throws Exception {
    submit(address + "/subscribe", "email=h%40example.com");
    store.confirm(store.newest(1).getFirst().id(), now);
    sendAll();
    mail.purgeEmailFromAllMailboxes();
    store.tell(news(now.plusMillis(5)), now);
    sendAll();
    var parts = (MimeMultipart) mail.getReceivedMessages()[0].getContent();
    assertThat((String) parts.getBodyPart(1).getContent())
        .doesNotContain("<img")
        .contains("&lt;img src=x onerror=alert(1)&gt;");
  }
}

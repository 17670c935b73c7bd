package io.tocsin;

import io.tocsin.channel.NewsDispatch;
import io.tocsin.channel.Outside;
import io.tocsin.engine.NewsRelay;
import io.tocsin.http.Blocking;
import io.tocsin.postgres.PostgresSubscribers;
import io.tocsin.postgres.PostgresToldStates;
import io.tocsin.statuspage.Bulletin;
import io.tocsin.statuspage.ComponentState;
import io.tocsin.statuspage.ComponentView;
import io.tocsin.statuspage.News;
import io.tocsin.statuspage.PageSnapshot;
import io.tocsin.statuspage.PageSpec;
import io.tocsin.statuspage.SubscriberDesk;
import io.tocsin.statuspage.SubscriberStore;
import io.tocsin.statuspage.SubscriptionLinks;
import io.tocsin.statuspage.ToldStates;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import io.tocsin.web.PageDoor;
import io.tocsin.web.StatusSite;
import io.tocsin.web.SubscriptionPages;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Readers of the status page who asked for news, and the way it goes to them. */
final class Subscriptions implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration SEND = Duration.ofSeconds(1);
  private static final Duration COUNT = Duration.ofSeconds(15);
  private static final Duration TIDY = Duration.ofHours(1);

  /** What happened longer ago is not told any more: we were away, and it is old. */
  private static final Duration LATE = Duration.ofHours(6);

  private static final Duration KEPT = Duration.ofDays(90);

  private final SubscriberStore store;
  private final SubscriptionLinks links;
  private final StatusSite site;
  private final NewsRelay relay;
  private final InstantSource clock;
  private final Chores chores = new Chores();
  private final ToldStates toldStates;
  private volatile SubscriberStore.Backlog backlog = SubscriberStore.Backlog.NONE;
  private Set<String> told = new HashSet<>();
  private Map<String, ComponentState> seen = Map.of();

  private Subscriptions(Server.Parts parts, Vertx vertx) {
    Configuration configuration = parts.configuration();
    this.store = new PostgresSubscribers(parts.foundation().database());
    this.toldStates = new PostgresToldStates(parts.foundation().database());
    this.links = new SubscriptionLinks(home(configuration), parts.signature());
    this.site = parts.site();
    this.clock = parts.clock();
    var dispatch =
        new NewsDispatch(
            new Outside(vertx, configuration.console(), clock, configuration.smtp()),
            configuration.outbound(),
            links,
            () -> site.snapshot().spec().title(),
            NewsDispatch.POST_WITHIN);
    this.relay = new NewsRelay(store, dispatch::send, clock);
  }

  /** Begins to tell what is new on the page, to send what waits, to forget what is over. */
  static Subscriptions open(Server.Parts parts, Vertx vertx) {
    var subscriptions = new Subscriptions(parts, vertx);
    subscriptions.chores.every(LOOK, "news for subscribers", subscriptions::look);
    subscriptions.chores.every(SEND, "deliveries to subscribers", subscriptions.relay::round);
    subscriptions.chores.every(COUNT, "backlog of subscribers", subscriptions::count);
    subscriptions.chores.every(TIDY, "old subscriptions", subscriptions::tidy);
    subscriptions.measure(parts.telemetry());
    return subscriptions;
  }

  /** For those who look after subscribers. */
  static SubscriberDesk desk(Server.Parts parts) {
    return new SubscriberDesk(
        new PostgresSubscribers(parts.foundation().database()),
        () -> parts.site().snapshot().spec(),
        Mount::fresh);
  }

  private static String home(Configuration configuration) {
    PageSpec spec = configuration.page().spec();
    return spec.url().orElse(configuration.publicPage().url()).replaceAll("/+$", "") + "/";
  }

  private void count() {
    backlog = store.backlog(clock.instant());
  }

  private void measure(Telemetry telemetry) {
    telemetry.gauge(Meter.SUBSCRIBER_WAITING, () -> backlog.waiting());
    telemetry.gauge(Meter.SUBSCRIBER_AGE, () -> backlog.oldest().toMillis() / 1e3);
  }

  private void tidy() {
    Instant now = clock.instant();
    store.forget(now.minus(NewsDispatch.CONFIRM_WITHIN), now.minus(KEPT));
  }

  private void look() {
    Instant now = clock.instant();
    List<News> all = Bulletin.since(site.snapshot(), now.minus(LATE));
    for (News news : all) {
      if (!told.contains(news.id())) {
        store.tell(news, now);
      }
    }
    told = all.stream().map(News::id).collect(Collectors.toSet());
    components(now);
  }

  /** Asks the database only when a state is another than at the last look. */
  private void components(Instant now) {
    PageSnapshot page = site.snapshot();
    Map<String, ComponentState> states =
        page.components().stream()
            .collect(Collectors.toMap(it -> it.spec().id(), ComponentView::state));
    if (!page.stale(now) && !states.equals(seen)) {
      toldStates.observe(page, now);
      seen = states;
    }
  }

  SubscriptionPages pages(Configuration configuration, PageDoor door, Blocking blocking) {
    return new SubscriptionPages(
        new SubscriptionPages.Ports(
            site,
            store,
            links,
            subscriber -> NewsDispatch.secret(links.signature(), subscriber),
            configuration.smtp().isPresent(),
            door,
            configuration.auth().addresses(),
            blocking,
            clock));
  }

  @Override
  public void close() throws InterruptedException {
    chores.close();
    relay.close();
  }
}

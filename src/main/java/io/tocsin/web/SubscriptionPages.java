package io.tocsin.web;

import io.tocsin.access.Network;
import io.tocsin.http.Blocking;
import io.tocsin.http.ClientAddress;
import io.tocsin.http.Operation;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.http.Routes;
import io.tocsin.statuspage.ComponentView;
import io.tocsin.statuspage.PageSnapshot;
import io.tocsin.statuspage.PublicWords;
import io.tocsin.statuspage.Subscriber;
import io.tocsin.statuspage.SubscriberAddress;
import io.tocsin.statuspage.SubscriberStore;
import io.tocsin.statuspage.SubscriptionLinks;
import io.tocsin.statuspage.SubscriptionLinks.Act;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where readers ask for news, confirm, change and end it; all of it works without scripts. Whoever
 * asks gets the same answer, whether the address was known or not. Opening a link changes nothing,
 * as mail programs open links too; a button, or the one click of RFC 8058, posts.
 */
public final class SubscriptionPages implements Routes {

  private static final long FORM = 64 * 1024;
  private static final String FORM_TYPE = "application/x-www-form-urlencoded";

  /**
   * What it needs.
   *
   * @param secret the key of a webhook's signatures
   * @param mails whether there is a mail server: without one nobody can confirm
   * @param source from where a request comes
   */
  public record Ports(
      StatusSite site,
      SubscriberStore store,
      SubscriptionLinks links,
      Function<Subscriber, String> secret,
      boolean mails,
      PageDoor door,
      ClientAddress source,
      Blocking blocking,
      InstantSource clock) {}

  private final Ports ports;
  private final SecureRandom random = new SecureRandom();
  private final AttemptLimit byCaller = new AttemptLimit(10, Duration.ofMinutes(10));
  private final AttemptLimit byAddress = new AttemptLimit(3, Duration.ofHours(1));
  private final AttemptLimit byAll = new AttemptLimit(120, Duration.ofMinutes(1));

  public SubscriptionPages(Ports ports) {
    this.ports = ports;
  }

  /** The addresses of these pages, for those who do not have them. */
  public static List<String> paths() {
    return Stream.concat(
            Stream.of("/subscribe"),
            Arrays.stream(Act.values()).map(act -> "/" + act.path() + "/:token"))
        .toList();
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, "/subscribe").answersAtOnce(this::form);
    Operation.post(router, "/subscribe")
        .reads(FORM, FORM_TYPE)
        .answersOn(ports.blocking, this::ask);
    both(router, Act.CONFIRM, this::confirm);
    both(router, Act.MANAGE, this::manage);
    both(router, Act.UNSUBSCRIBE, this::unsubscribe);
  }

  private void both(Router router, Act act, Function<Request, Reply> answer) {
    String path = "/" + act.path() + "/:token";
    Operation.get(router, path).answersOn(ports.blocking, answer);
    // A mail program may post its one field as any kind of form.
    Operation.post(router, path).reads(FORM).answersOn(ports.blocking, answer);
  }

  private Reply form(Request request) {
    return admitted(request)
        ? page(
            request,
            200,
            "status/subscribe.jte",
            "subscribe.page",
            Map.of("form", SubscriptionForm.EMPTY, "mails", ports.mails))
        : toDoor();
  }

  private static Reply toDoor() {
    return ConsolePage.to("/door?back=/subscribe");
  }

  private boolean admitted(Request request) {
    return ports.door.open() || ports.door.admits(request.context().request());
  }

  private Reply ask(Request request) {
    if (!admitted(request)) {
      return toDoor();
    }
    if (!ports.mails) {
      return told(request, 404, "link.wrong", "link.again");
    }
    Instant now = ports.clock.instant();
    if (!byCaller.take(caller(ports.source.of(request.context())), now) || !byAll.take("", now)) {
      return told(request, 429, "subscribe.busy", "").with("Retry-After", "600");
    }
    SubscriptionForm form = read(request);
    if (!form.right()) {
      return page(
          request,
          422,
          "status/subscribe.jte",
          "subscribe.page",
          Map.of("form", form, "mails", true));
    }
    // Programs fill in what people do not see.
    boolean honest = request.query("website").isEmpty();
    if (honest && byAddress.take(form.email(), now)) {
      keep(request, form, now);
    }
    return told(request, 200, "subscribe.sent", "");
  }

  /** Of IPv6 the network: who has one address of it, has all 2^64. */
  static String caller(String address) {
    byte[] bytes = Network.literal(address).orElse(new byte[0]);
    return bytes.length == 16 ? HexFormat.of().formatHex(bytes, 0, 8) : address;
  }

  private void keep(Request request, SubscriptionForm form, Instant now) {
    var bytes = new byte[12];
    random.nextBytes(bytes);
    ports.store.ask(
        Subscriber.asked(
            HexFormat.of().formatHex(bytes),
            form.kind(),
            form.kind() == Subscriber.Kind.EMAIL ? form.email() : form.url(),
            form.email(),
            form.components(),
            visitor(request).language(),
            now),
        SubscriberStore.Bounds.USUAL,
        now);
  }

  private SubscriptionForm read(Request request) {
    String email = request.query("email").orElse("").strip().toLowerCase(Locale.ROOT);
    Subscriber.Kind kind =
        request.query("kind").flatMap(Subscriber.Kind::parse).orElse(Subscriber.Kind.EMAIL);
    String url = request.query("url").orElse("").strip();
    boolean wrongUrl = kind != Subscriber.Kind.EMAIL && !SubscriberAddress.postable(kind, url);
    boolean wrongEmail = !SubscriberAddress.email(email);
    return new SubscriptionForm(email, kind, url, chosen(request), wrongEmail, wrongUrl);
  }

  private List<String> chosen(Request request) {
    List<String> asked = request.queries("component");
    return snapshot().components().stream()
        .map(ComponentView::spec)
        .map(spec -> spec.id())
        .filter(asked::contains)
        .toList();
  }

  private Optional<Subscriber> subscriber(Request request, Act act) {
    return ports
        .links
        .read(act, request.path("token"), ports.clock.instant())
        .flatMap(ports.store::find);
  }

  private static boolean acts(Request request) {
    return request.context().request().method().name().equals("POST");
  }

  private Reply confirm(Request request) {
    Optional<Subscriber> found = subscriber(request, Act.CONFIRM);
    if (found.isEmpty()) {
      return told(request, 404, "link.wrong", "link.again");
    }
    if (!acts(request)) {
      return asking(request, "confirm.title", "confirm.text", "confirm.button", found.get());
    }
    ports.store.confirm(found.get().id(), ports.clock.instant());
    return told(request, 200, "confirm.done", "");
  }

  private Reply manage(Request request) {
    Optional<Subscriber> found = subscriber(request, Act.MANAGE);
    if (found.isEmpty()) {
      return told(request, 404, "link.wrong", "link.again");
    }
    String id = found.get().id();
    if (acts(request)) {
      ports.store.choose(id, chosen(request));
    }
    Subscriber now = ports.store.find(id).orElse(found.get());
    String leave =
        "/"
            + Act.UNSUBSCRIBE.path()
            + ports
                .links
                .link(Act.UNSUBSCRIBE, id)
                .substring(ports.links.link(Act.UNSUBSCRIBE, id).lastIndexOf('/'));
    return page(
        request,
        200,
        "status/subscription.jte",
        "manage.title",
        Map.of(
            "subscriber",
            now,
            "leave",
            leave,
            "secret",
            now.kind() == Subscriber.Kind.WEBHOOK ? ports.secret.apply(now) : "",
            "saved",
            acts(request)));
  }

  /** Posting to the link of a subscription that has ended is as good as ending it. */
  private Reply unsubscribe(Request request) {
    Optional<String> id =
        ports.links.read(Act.UNSUBSCRIBE, request.path("token"), ports.clock.instant());
    Optional<Subscriber> found = id.flatMap(ports.store::find);
    if (id.isEmpty() || (found.isEmpty() && !acts(request))) {
      return told(request, 404, "link.wrong", "link.again");
    }
    if (!acts(request)) {
      return asking(
          request,
          "unsubscribe.title",
          "unsubscribe.text",
          "unsubscribe.button",
          found.orElseThrow());
    }
    ports.store.remove(id.get());
    return told(request, 200, "unsubscribe.done", "");
  }

  private Reply asking(Request request, String title, String text, String button, Subscriber who) {
    PublicWords words = PublicWords.in(visitor(request).language());
    return page(
        request,
        200,
        "status/told.jte",
        title,
        Map.of(
            "title",
            words.say(title),
            "text",
            words.say(text, who.masked()),
            "button",
            words.say(button),
            "link",
            ""));
  }

  private Reply told(Request request, int status, String what, String link) {
    PublicWords words = PublicWords.in(visitor(request).language());
    return page(
        request,
        status,
        "status/told.jte",
        what + ".title",
        Map.of(
            "title",
            words.say(what + ".title"),
            "text",
            words.say(what + ".text"),
            "button",
            "",
            "link",
            link.isEmpty() ? "" : words.say(link)));
  }

  private PageReader visitor(Request request) {
    PageReader visitor = PageReader.of(request.context().request(), snapshot().spec().look());
    return PageReader.asked(request.context().request(), snapshot().spec().look())
        .map(visitor::in)
        .orElse(visitor);
  }

  private PageSnapshot snapshot() {
    return ports.site.snapshot();
  }

  private Reply page(
      Request request, int status, String template, String title, Map<String, Object> content) {
    PageReader visitor = visitor(request);
    PublicWords words = PublicWords.in(visitor.language());
    Edition edition = ports.site.edition();
    String path = request.rawPath().equals("/subscribe") ? "/subscribe" : "/";
    var parameters = new HashMap<>(content);
    parameters.put("page", edition.snapshot());
    parameters.put(
        "frame",
        new PublicFrame(
            words.say(title) + " - " + edition.snapshot().spec().title(),
            path,
            visitor.theme(),
            words,
            edition.links(path),
            edition.snapshot().spec().look(),
            ports.clock.instant()));
    return Reply.of(
            status,
            RenderedPage.HTML,
            Buffer.buffer(Templates.render(template, parameters).strip()))
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "no-referrer")
        .with("X-Robots-Tag", "noindex");
  }
}

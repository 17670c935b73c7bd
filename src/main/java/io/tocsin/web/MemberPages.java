package io.tocsin.web;

import io.tocsin.http.Blocking;
import io.tocsin.http.ClientAddress;
import io.tocsin.http.Operation;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.http.Routes;
import io.tocsin.http.oidc.SignOn;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Off to the identity provider and back, to a private status page. Asks neither the database nor
 * the console, and has threads of its own: whoever knocks here keeps nobody else waiting.
 */
public final class MemberPages implements Routes {

  private static final String START = "/door/oidc";
  private static final String COOKIE = "page_sign_on";

  private final Ports ports;
  private final SignOnTrip.Terminus terminus;
  private final SignOnTrip trip;
  private final AttemptLimit tries = new AttemptLimit(30, Duration.ofMinutes(10));

  /**
   * What it needs.
   *
   * @param door what the reader sees who is not let in; {@code members} is part of it
   * @param home the page's address as readers know it, with a slash at its end
   * @param source from where a request comes
   * @param blocking for calls to the provider
   */
  public record Ports(
      StatusSite site,
      SignOn signOn,
      PageDoor door,
      MembersDoor members,
      URI home,
      ClientAddress source,
      Blocking blocking,
      InstantSource clock) {}

  public MemberPages(Ports ports) {
    this.ports = ports;
    this.terminus =
        new SignOnTrip.Terminus(
            ports.home, START, COOKIE, "https".equalsIgnoreCase(ports.home.getScheme()));
    this.trip = new SignOnTrip(ports.signOn, terminus);
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, terminus.start()).answersOn(ports.blocking, this::depart);
    Operation.get(router, terminus.end()).answersOn(ports.blocking, this::arrive);
  }

  private Reply depart(Request request) {
    String back = PagePath.of(request.query("back").orElse("/"));
    Instant now = ports.clock.instant();
    if (!tries.take(SubscriptionPages.caller(ports.source.of(request.context())), now)) {
      return door(request, view(DoorView.State.BUSY, back)).with("Retry-After", "600");
    }
    try {
      return trip.depart(request, back, now);
    } catch (SignOn.Refused refused) {
      return refused(request, back, refused);
    }
  }

  private Reply arrive(Request request) {
    try {
      SignOn.Arrival arrival = trip.arrive(request, ports.clock.instant());
      String back = PagePath.of(arrival.back());
      Optional<Cookie> pass = ports.members.welcome(arrival);
      if (pass.isEmpty()) {
        return stranger(request, back);
      }
      request.context().response().addCookie(pass.get());
      return ConsolePage.to(back).with("Cache-Control", "no-store");
    } catch (SignOn.Refused refused) {
      return refused(request, "/", refused);
    }
  }

  private Reply stranger(Request request, String back) {
    Optional<String> elsewhere =
        ports.signOn.endSession(ports.home.resolve("door")).map(URI::toString);
    return door(request, view(DoorView.State.NO_MEMBER, back).elsewhere(elsewhere));
  }

  private Reply refused(Request request, String back, SignOn.Refused refused) {
    String reason = String.valueOf(refused.getMessage());
    return door(request, view(DoorView.State.REFUSED, back).because(reason));
  }

  private DoorView view(DoorView.State state, String back) {
    return DoorView.of(ports.door, state, back);
  }

  private Reply door(Request request, DoorView view) {
    Edition edition = ports.site.edition();
    PageReader visitor =
        DoorPages.visitor(request.context().request(), edition.snapshot().spec().look());
    return Reply.of(view.state().status(), RenderedPage.HTML, edition.door(visitor, view).plain())
        .with("Cache-Control", "no-store");
  }
}

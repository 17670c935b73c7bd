package io.tocsin.web;

import io.tocsin.statuspage.Badges;
import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.PageSnapshot;
import io.tocsin.statuspage.PublicIncident;
import io.tocsin.statuspage.PublicWords;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The whole public site for one snapshot. A page is rendered when it is first asked for, or when
 * the edition before was asked for it, and then served from memory.
 */
final class Edition {

  /** So many pages are kept; who asks for more of them, waits for each to be rendered. */
  private static final int KEPT = 600;

  private static final int WARMED = 64;

  /** One page in one form. */
  record Key(Place place, Language language, Theme theme) {}

  private final PageSnapshot snapshot;
  private final Instant now;
  private final boolean stale;
  private final Brand brand;
  private final String cacheControl;
  private final Map<Object, RenderedPage> pages = new ConcurrentHashMap<>();

  Edition(PageSnapshot snapshot, Instant now, Brand brand, String cacheControl) {
    this.snapshot = snapshot;
    this.now = now;
    this.stale = snapshot.stale(now);
    this.brand = brand;
    this.cacheControl = cacheControl;
  }

  PageSnapshot snapshot() {
    return snapshot;
  }

  boolean stale() {
    return stale;
  }

  Brand brand() {
    return brand;
  }

  /** Renders what readers of the edition before asked for, so that none of them waits. */
  void warm(Edition before) {
    page(new Place.Home(), snapshot.spec().look().language(), Theme.AUTO);
    before.pages.keySet().stream()
        .limit(WARMED)
        .forEach(
            key -> {
              if (key instanceof Key page) {
                page(page.place(), page.language(), page.theme());
              }
            });
  }

  RenderedPage home(Language language, Theme theme) {
    return page(new Place.Home(), language, theme).orElseThrow();
  }

  RenderedPage absent(Language language, Theme theme) {
    return page(new Place.Absent(), language, theme).orElseThrow();
  }

  /** A page; empty when the public does not know what it is about. */
  Optional<RenderedPage> page(Place place, Language language, Theme theme) {
    var key = new Key(place, language, theme);
    RenderedPage known = pages.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    ServedLinks links = links(place.path());
    return exists(place)
        ? Optional.of(
            keep(key, () -> RenderedPage.html(html(place, language, theme, links), cacheControl)))
        : Optional.empty();
  }

  /** A file for machines. */
  RenderedPage file(PublicFile file) {
    return keep(file, () -> RenderedPage.of(file.mediaType(), file.write(snapshot), cacheControl));
  }

  /** A badge by its address; empty when there is none. */
  Optional<RenderedPage> badge(String path) {
    RenderedPage known = pages.get(path);
    return known != null
        ? Optional.of(known)
        : Badges.at(snapshot, stale, path)
            .map(
                it ->
                    keep(
                        path,
                        () ->
                            RenderedPage.of(
                                it.json() ? PublicFile.JSON : "image/svg+xml; charset=utf-8",
                                it.text(),
                                cacheControl)));
  }

  /** What stands before a private page; never kept by anybody. */
  RenderedPage door(PageReader visitor, DoorView view) {
    PublicWords words = PublicWords.in(visitor.language());
    var frame =
        new PublicFrame(
            words.say("door.page"),
            view.back(),
            visitor.theme(),
            words,
            links(view.back()),
            snapshot.spec().look(),
            now);
    String text = Templates.render("status/door.jte", Map.of("frame", frame, "view", view));
    return RenderedPage.html(text, "no-store");
  }

  /** Links of the live site, from one of its pages. */
  ServedLinks links(String path) {
    return new ServedLinks(path, brand.paths(), cacheControl.equals(RenderedPage.PRIVATE));
  }

  private RenderedPage keep(Object key, Supplier<RenderedPage> render) {
    return pages.size() < KEPT
        ? pages.computeIfAbsent(key, ignored -> render.get())
        : Optional.ofNullable(pages.get(key)).orElseGet(render);
  }

  private boolean exists(Place place) {
    return switch (place) {
      case Place.Home home -> true;
      case Place.History history -> true;
      case Place.Absent absent -> true;
      case Place.Month month -> snapshot.months().contains(month.month());
      case Place.Incident incident -> snapshot.incident(incident.id()).isPresent();
    };
  }

  /** Every page there is. */
  List<Place> places() {
    var places = new ArrayList<Place>();
    places.add(new Place.Home());
    places.add(new Place.History());
    places.add(new Place.Absent());
    snapshot.months().forEach(month -> places.add(new Place.Month(month)));
    snapshot.incidents().forEach(incident -> places.add(new Place.Incident(incident.id())));
    return List.copyOf(places);
  }

  /** A page that exists, as HTML with the links of where it is put. */
  String html(Place place, Language language, Theme theme, SiteLinks links) {
    PublicWords words = PublicWords.in(language);
    var parameters = new HashMap<String, Object>();
    parameters.put("page", snapshot);
    String head =
        switch (place) {
          case Place.Home home -> "";
          case Place.Absent absent -> words.say("absent.page");
          case Place.History history -> month(parameters, thisMonth(), words);
          case Place.Month month -> month(parameters, month.month(), words);
          case Place.Incident incident -> incident(parameters, incident, words);
        };
    String title = snapshot.spec().title();
    parameters.put(
        "frame",
        new PublicFrame(
            head.isEmpty() ? title : head + " - " + title,
            place instanceof Place.Absent ? "/" : place.path(),
            theme,
            words,
            links,
            snapshot.spec().look(),
            now));
    return Templates.render(template(place), parameters).strip();
  }

  private static String template(Place place) {
    return switch (place) {
      case Place.Home home -> "status/page.jte";
      case Place.History history -> "status/history.jte";
      case Place.Month month -> "status/history.jte";
      case Place.Incident incident -> "status/incident.jte";
      case Place.Absent absent -> "status/absent.jte";
    };
  }

  private static String month(Map<String, Object> parameters, YearMonth month, PublicWords words) {
    parameters.put("month", month);
    return words.say("history.page") + ", " + words.times().month(month);
  }

  private String incident(Map<String, Object> parameters, Place.Incident at, PublicWords words) {
    PublicIncident incident = snapshot.incident(at.id()).orElseThrow();
    parameters.put("incident", incident);
    return words.title(incident);
  }

  private YearMonth thisMonth() {
    return YearMonth.from(snapshot.dataAsOf().atOffset(ZoneOffset.UTC));
  }
}

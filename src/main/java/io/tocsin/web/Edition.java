package io.tocsin.web;

import io.tocsin.statuspage.PageSnapshot;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The whole public site for one snapshot. A page is rendered when it is first asked for and then
 * served from memory; at most one page per incident, theme and format.
 */
final class Edition {

  private final PageSnapshot snapshot;
  private final Instant now;
  private final boolean stale;
  private final Assets assets;
  private final Map<String, RenderedPage> pages = new ConcurrentHashMap<>();

  Edition(PageSnapshot snapshot, Instant now, Assets assets) {
    this.snapshot = snapshot;
    this.now = now;
    this.stale = snapshot.stale(now);
    this.assets = assets;
  }

  PageSnapshot snapshot() {
    return snapshot;
  }

  boolean stale() {
    return stale;
  }

  RenderedPage home(Theme theme) {
    return html("status/page.jte", snapshot.spec().title(), "/", theme);
  }

  RenderedPage history(Theme theme) {
    return html("status/history.jte", "History - " + snapshot.spec().title(), "/history", theme);
  }

  /** What stands where nothing is. */
  RenderedPage absent(Theme theme) {
    return html("status/absent.jte", "Nothing here - " + snapshot.spec().title(), "/", theme);
  }

  private RenderedPage html(String template, String title, String path, Theme theme) {
    return keep(
        template + theme,
        RenderedPage.HTML,
        () ->
            Templates.render(
                template, Map.of("frame", frame(title, path, theme), "page", snapshot)));
  }

  /** An incident's page; empty when the public does not know it. */
  Optional<RenderedPage> incident(String id, Theme theme) {
    return snapshot
        .incident(id)
        .map(
            incident -> {
              String title = incident.title() + " - " + snapshot.spec().title();
              Frame frame = frame(title, "/incidents/" + id, theme);
              return keep(
                  id + theme,
                  RenderedPage.HTML,
                  () ->
                      Templates.render(
                          "status/incident.jte",
                          Map.of("frame", frame, "page", snapshot, "incident", incident)));
            });
  }

  /** A page for machines. */
  RenderedPage keep(String key, String mediaType, Supplier<String> text) {
    return pages.computeIfAbsent(
        key, ignored -> RenderedPage.of(mediaType, text.get(), RenderedPage.FRESH));
  }

  private Frame frame(String title, String path, Theme theme) {
    return new Frame(title, path, theme, assets, now);
  }
}

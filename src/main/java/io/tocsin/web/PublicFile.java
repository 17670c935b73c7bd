package io.tocsin.web;

import io.tocsin.statuspage.HistoryFeed;
import io.tocsin.statuspage.PageSnapshot;
import io.tocsin.statuspage.StatuspageJson;
import java.util.function.Function;

/** What the public site offers to machines: a new one is a line here. */
enum PublicFile {
  SUMMARY("/api/v2/summary.json", StatuspageJson::summary),
  STATUS("/api/v2/status.json", StatuspageJson::status),
  COMPONENTS("/api/v2/components.json", StatuspageJson::components),
  INCIDENTS("/api/v2/incidents.json", StatuspageJson::incidents),
  UNRESOLVED("/api/v2/incidents/unresolved.json", StatuspageJson::unresolved),
  MAINTENANCES("/api/v2/scheduled-maintenances.json", StatuspageJson::maintenances),
  UPCOMING("/api/v2/scheduled-maintenances/upcoming.json", StatuspageJson::upcoming),
  ACTIVE("/api/v2/scheduled-maintenances/active.json", StatuspageJson::active),
  ATOM("/history.atom", HistoryFeed::atom),
  RSS("/history.rss", HistoryFeed::rss);

  private final String path;
  private final Function<PageSnapshot, String> writer;

  PublicFile(String path, Function<PageSnapshot, String> writer) {
    this.path = path;
    this.writer = writer;
  }

  String path() {
    return path;
  }

  String write(PageSnapshot page) {
    return writer.apply(page);
  }

  String mediaType() {
    return switch (this) {
      case ATOM -> "application/atom+xml; charset=utf-8";
      case RSS -> "application/rss+xml; charset=utf-8";
      default -> "application/json; charset=utf-8";
    };
  }
}

package io.tocsin.web;

import io.tocsin.statuspage.HistoryFeed;
import io.tocsin.statuspage.MaintenanceCalendar;
import io.tocsin.statuspage.PageSnapshot;
import io.tocsin.statuspage.StatuspageJson;
import io.tocsin.statuspage.WidgetWords;

/** What the public site offers to machines: a new one is a constant and its writer here. */
enum PublicFile {
  SUMMARY("/api/v2/summary.json"),
  STATUS("/api/v2/status.json"),
  COMPONENTS("/api/v2/components.json"),
  INCIDENTS("/api/v2/incidents.json"),
  UNRESOLVED("/api/v2/incidents/unresolved.json"),
  MAINTENANCES("/api/v2/scheduled-maintenances.json"),
  UPCOMING("/api/v2/scheduled-maintenances/upcoming.json"),
  ACTIVE("/api/v2/scheduled-maintenances/active.json"),
  ATOM("/history.atom"),
  RSS("/history.rss"),
  CALENDAR("/maintenance.ics"),
  WIDGET("/embed/script.js");

  static final String JSON = "application/json; charset=utf-8";
  private static final String WIDGET_SCRIPT =
      Assets.text("web/widget.js").replace("/* words */ {}", WidgetWords.json());

  private final String path;

  PublicFile(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  String write(PageSnapshot page) {
    return switch (this) {
      case SUMMARY -> StatuspageJson.summary(page);
      case STATUS -> StatuspageJson.status(page);
      case COMPONENTS -> StatuspageJson.components(page);
      case INCIDENTS -> StatuspageJson.incidents(page);
      case UNRESOLVED -> StatuspageJson.unresolved(page);
      case MAINTENANCES -> StatuspageJson.maintenances(page);
      case UPCOMING -> StatuspageJson.upcoming(page);
      case ACTIVE -> StatuspageJson.active(page);
      case ATOM -> HistoryFeed.atom(page);
      case RSS -> HistoryFeed.rss(page);
      case CALENDAR -> MaintenanceCalendar.write(page);
      case WIDGET -> WIDGET_SCRIPT;
    };
  }

  String mediaType() {
    return switch (this) {
      case ATOM -> "application/atom+xml; charset=utf-8";
      case RSS -> "application/rss+xml; charset=utf-8";
      case CALENDAR -> "text/calendar; charset=utf-8";
      case WIDGET -> "text/javascript; charset=utf-8";
      default -> JSON;
    };
  }
}

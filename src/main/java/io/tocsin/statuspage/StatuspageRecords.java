package io.tocsin.statuspage;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Phase;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects of the Statuspage v2 API with its field names, nothing left out. */
final class StatuspageRecords {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final PageSnapshot page;
  private final String pageId;
  private final Map<String, Integer> positions;

  StatuspageRecords(PageSnapshot page) {
    this.page = page;
    this.pageId = slug(page.spec().title());
    this.positions = positions(page);
  }

  void page(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("page");
    json.writeStringField("id", pageId);
    json.writeStringField("name", page.spec().title());
    json.writeStringField("url", page.spec().url().orElse("/"));
    json.writeStringField("time_zone", "Etc/UTC");
    json.writeStringField("updated_at", TIME.format(page.dataAsOf()));
    json.writeEndObject();
  }

  /** An instant as that API writes it. */
  static String time(Instant at) {
    return TIME.format(at);
  }

  /** The page as webhooks name it. */
  void hookPage(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("page");
    json.writeStringField("id", pageId);
    json.writeStringField("status_indicator", page.overall().indicator());
    json.writeStringField("status_description", page.overall().description());
    json.writeEndObject();
  }

  /** An incident with the fields that only webhooks have. */
  void hookIncident(JsonGenerator json, PublicIncident incident) throws IOException {
    incident(json, incident, true);
  }

  /** Planned work as webhooks have it: an incident that is scheduled. */
  void hookMaintenance(JsonGenerator json, PlannedWork work) throws IOException {
    maintenance(json, work, true);
  }

  /** A component as the webhook of its change has it. */
  void hookComponent(JsonGenerator json, ComponentView view) throws IOException {
    component(json, view);
  }

  private void hook(JsonGenerator json, boolean scheduled) throws IOException {
    json.writeBooleanField("backfilled", false);
    json.writeNullField("impact_override");
    json.writeStringField("organization_id", pageId);
    json.writeNullField("postmortem_body");
    json.writeNullField("postmortem_body_last_updated_at");
    json.writeBooleanField("postmortem_ignored", false);
    json.writeBooleanField("postmortem_notified_subscribers", false);
    json.writeBooleanField("postmortem_notified_twitter", false);
    json.writeNullField("postmortem_published_at");
    json.writeBooleanField("scheduled_auto_completed", scheduled);
    json.writeBooleanField("scheduled_auto_in_progress", scheduled);
    json.writeBooleanField("scheduled_remind_prior", scheduled);
    json.writeNullField("scheduled_reminded_at");
    if (!scheduled) {
      json.writeNullField("scheduled_for");
      json.writeNullField("scheduled_until");
    }
  }

  void components(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("components");
    for (PageSnapshot.Group group : page.groups()) {
      if (!group.title().isEmpty()) {
        group(json, group);
      }
      for (ComponentView component : group.components()) {
        component(json, component);
      }
    }
    json.writeEndArray();
  }

  /** Where groups and components stand, counted from 1 down the page. */
  private static Map<String, Integer> positions(PageSnapshot page) {
    Map<String, Integer> positions = new HashMap<>();
    for (PageSnapshot.Group group : page.groups()) {
      if (!group.title().isEmpty()) {
        positions.put(groupId(group.title()), positions.size() + 1);
      }
      for (ComponentView component : group.components()) {
        positions.put(component.spec().id(), positions.size() + 1);
      }
    }
    return positions;
  }

  /** A group is itself a component, in the worst state of its members. */
  private void group(JsonGenerator json, PageSnapshot.Group group) throws IOException {
    ComponentState worst =
        group.components().stream().map(ComponentView::state).max(Overall.BADNESS).orElseThrow();
    Instant updated =
        group.components().stream()
            .map(component -> changedAt(component.spec()))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    json.writeStartObject();
    identity(json, groupId(group.title()), group.title(), worst, updated);
    json.writeNullField("description");
    json.writeBooleanField("showcase", false);
    json.writeNullField("start_date");
    json.writeNullField("group_id");
    json.writeStringField("page_id", pageId);
    json.writeBooleanField("group", true);
    json.writeBooleanField("only_show_if_degraded", false);
    json.writeArrayFieldStart("components");
    for (ComponentView component : group.components()) {
      json.writeString(component.spec().id());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void component(JsonGenerator json, ComponentView component) throws IOException {
    PageSpec.Component spec = component.spec();
    json.writeStartObject();
    identity(json, spec.id(), spec.name(), component.state(), changedAt(spec));
    if (spec.description().isEmpty()) {
      json.writeNullField("description");
    } else {
      json.writeStringField("description", spec.description());
    }
    json.writeBooleanField("showcase", true);
    json.writeNullField("start_date");
    text(json, "group_id", spec.group().map(StatuspageRecords::groupId));
    json.writeStringField("page_id", pageId);
    json.writeBooleanField("group", false);
    json.writeBooleanField("only_show_if_degraded", false);
    json.writeEndObject();
  }

  /** Configuration has no birthday: the Unix epoch stands for "since ever". */
  private void identity(
      JsonGenerator json, String id, String name, ComponentState state, Instant updated)
      throws IOException {
    boolean unknown = state == ComponentState.UNKNOWN;
    json.writeStringField("id", id);
    json.writeStringField("name", name);
    json.writeStringField("status", unknown ? ComponentState.OPERATIONAL.label() : state.label());
    json.writeStringField("created_at", TIME.format(Instant.EPOCH));
    json.writeStringField("updated_at", TIME.format(updated));
    json.writeNumberField("position", positions.getOrDefault(id, 0));
    if (unknown) {
      json.writeStringField("tocsin_state", state.label());
    }
  }

  /** The newest news about a component; the epoch when there was none in 90 days. */
  private Instant changedAt(PageSpec.Component component) {
    Stream<Instant> incidents =
        page.incidents().stream()
            .filter(incident -> incident.components().contains(component))
            .map(PublicIncident::updatedAt);
    Stream<Instant> works =
        page.maintenance().stream()
            .filter(work -> work.components().contains(component))
            .map(StatuspageRecords::changedAt);
    return Stream.concat(incidents, works)
        .filter(at -> !at.isAfter(page.dataAsOf()))
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private static Instant changedAt(PlannedWork work) {
    if (!work.steps().isEmpty()) {
      return work.steps().getFirst().at();
    }
    return work.over() ? work.endsAt() : work.startsAt();
  }

  void incidents(JsonGenerator json, List<PublicIncident> incidents) throws IOException {
    json.writeArrayFieldStart("incidents");
    for (PublicIncident incident : incidents) {
      incident(json, incident, false);
    }
    json.writeEndArray();
  }

  private void incident(JsonGenerator json, PublicIncident incident, boolean hook)
      throws IOException {
    json.writeStartObject();
    if (hook) {
      hook(json, false);
    }
    json.writeStringField("id", incident.id());
    json.writeStringField("name", incident.title());
    json.writeStringField("status", incident.phase().label());
    json.writeStringField("created_at", TIME.format(incident.startedAt()));
    json.writeStringField("updated_at", TIME.format(incident.updatedAt()));
    time(json, "monitoring_at", monitoringAt(incident));
    time(json, "resolved_at", incident.resolvedAt());
    json.writeStringField("impact", impact(incident.severity()));
    json.writeStringField("shortlink", link(page.spec(), incident));
    json.writeStringField("started_at", TIME.format(incident.startedAt()));
    json.writeStringField("page_id", pageId);
    json.writeArrayFieldStart("incident_updates");
    for (PublicIncident.Update update : incident.updates()) {
      StatuspageUpdates.update(json, incident, update);
    }
    json.writeEndArray();
    hit(json, incident.components());
    json.writeEndObject();
  }

  void maintenances(JsonGenerator json, List<PlannedWork> works) throws IOException {
    json.writeArrayFieldStart("scheduled_maintenances");
    for (PlannedWork work : works) {
      maintenance(json, work, false);
    }
    json.writeEndArray();
  }

  private void maintenance(JsonGenerator json, PlannedWork work, boolean hook) throws IOException {
    boolean over = work.over();
    String announced = TIME.format(announcedAt(work));
    json.writeStartObject();
    if (hook) {
      hook(json, true);
    }
    json.writeStringField("id", work.id());
    json.writeStringField("name", work.title());
    json.writeStringField("status", work.stage().label());
    json.writeStringField("created_at", announced);
    json.writeStringField("updated_at", TIME.format(changedAt(work)));
    json.writeNullField("monitoring_at");
    time(json, "resolved_at", over ? Optional.of(work.endsAt()) : Optional.empty());
    json.writeStringField("impact", "maintenance");
    json.writeStringField("shortlink", home(page.spec()) + "#maintenance-title");
    json.writeStringField("started_at", announced);
    json.writeStringField("page_id", pageId);
    json.writeArrayFieldStart("incident_updates");
    for (PlannedWork.Step step : work.steps()) {
      StatuspageUpdates.step(json, work, step);
    }
    json.writeEndArray();
    hit(json, work.components());
    json.writeStringField("scheduled_for", TIME.format(work.startsAt()));
    json.writeStringField("scheduled_until", TIME.format(work.endsAt()));
    json.writeEndObject();
  }

  /** When the public first heard of it, as far as we know. */
  private static Instant announcedAt(PlannedWork work) {
    return work.steps().isEmpty() ? work.startsAt() : work.steps().getLast().at();
  }

  private void hit(JsonGenerator json, List<PageSpec.Component> components) throws IOException {
    json.writeArrayFieldStart("components");
    for (ComponentView component : page.components()) {
      if (components.contains(component.spec())) {
        component(json, component);
      }
    }
    json.writeEndArray();
  }

  private static Optional<Instant> monitoringAt(PublicIncident incident) {
    return incident.updates().stream()
        .filter(update -> update.phase() == Phase.MONITORING)
        .map(PublicIncident.Update::at)
        .findFirst();
  }

  private static String impact(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "critical";
      case HIGH -> "major";
      case MEDIUM -> "minor";
      case LOW -> "none";
    };
  }

  /** Where the public reads about an incident: absolute when the page knows its own address. */
  static String link(PageSpec spec, PublicIncident incident) {
    return home(spec) + "incidents/" + incident.id();
  }

  /** The page's own address, with a slash at its end. */
  static String home(PageSpec spec) {
    return spec.url().map(url -> url.replaceAll("/+$", "")).orElse("") + "/";
  }

  private static void time(JsonGenerator json, String field, Optional<Instant> at)
      throws IOException {
    text(json, field, at.map(TIME::format));
  }

  private static void text(JsonGenerator json, String field, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(field, value.get());
    } else {
      json.writeNullField(field);
    }
  }

  private static String groupId(String title) {
    return "group-" + slug(title);
  }

  private static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}

package io.tocsin.statuspage;

import static io.tocsin.statuspage.PlannedWork.Stage.COMPLETED;
import static io.tocsin.statuspage.PlannedWork.Stage.IN_PROGRESS;
import static io.tocsin.statuspage.PlannedWork.Stage.SCHEDULED;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.incident.Phase;
import io.tocsin.silence.MaintenanceStep;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What was said of incidents and of planned work, as the Statuspage v2 API writes it. */
final class StatuspageUpdates {

  private StatuspageUpdates() {}

  /** Words at a time, and what they made of the components. */
  private record Said(
      String id,
      String status,
      String body,
      String incident,
      Instant at,
      List<PageSpec.Component> components,
      ComponentState before,
      ComponentState after) {}

  /** The first update brings the impact, the resolving one takes it away, until it comes back. */
  static void update(JsonGenerator json, PublicIncident incident, PublicIncident.Update update)
      throws IOException {
    List<PublicIncident.Update> earlier =
        incident.updates().stream().dropWhile(it -> !it.equals(update)).skip(1).toList();
    boolean well = earlier.isEmpty() || earlier.getFirst().phase() == Phase.RESOLVED;
    boolean over = update.phase() == Phase.RESOLVED;
    write(
        json,
        new Said(
            update.id(),
            update.phase().label(),
            update.text(),
            incident.id(),
            update.at(),
            incident.components(),
            well ? ComponentState.OPERATIONAL : incident.impact(),
            over ? ComponentState.OPERATIONAL : incident.impact()));
  }

  /** A step is to planned work what an update is to an incident. */
  static void step(JsonGenerator json, PlannedWork work, PlannedWork.Step step) throws IOException {
    boolean announced = step.kind() == MaintenanceStep.Kind.ANNOUNCED;
    boolean started = step.kind() == MaintenanceStep.Kind.STARTED;
    boolean over = step.kind() == MaintenanceStep.Kind.COMPLETED;
    var stage = over ? COMPLETED : started ? IN_PROGRESS : SCHEDULED;
    write(
        json,
        new Said(
            work.id() + "-" + step.kind().name().toLowerCase(Locale.ROOT),
            stage.label(),
            announced && !work.text().isBlank()
                ? work.text()
                : PublicWords.ENGLISH.step(step) + ".",
            work.id(),
            step.at(),
            work.components(),
            over ? ComponentState.UNDER_MAINTENANCE : ComponentState.OPERATIONAL,
            started ? ComponentState.UNDER_MAINTENANCE : ComponentState.OPERATIONAL));
  }

  private static void write(JsonGenerator json, Said said) throws IOException {
    String at = StatuspageRecords.time(said.at);
    json.writeStartObject();
    json.writeStringField("id", said.id);
    json.writeStringField("status", said.status);
    json.writeStringField("body", said.body);
    json.writeStringField("incident_id", said.incident);
    json.writeStringField("created_at", at);
    json.writeStringField("updated_at", at);
    json.writeStringField("display_at", at);
    json.writeArrayFieldStart("affected_components");
    for (PageSpec.Component component : said.components) {
      json.writeStartObject();
      json.writeStringField("code", component.id());
      json.writeStringField("name", component.name());
      json.writeStringField("old_status", said.before.label());
      json.writeStringField("new_status", said.after.label());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanField("deliver_notifications", true);
    json.writeNullField("custom_tweet");
    json.writeNullField("tweet_id");
    json.writeEndObject();
  }
}

package io.tocsin.statuspage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * News in the shape of Statuspage's webhook notifications: {@code meta}, {@code page} and {@code
 * incident}; planned work comes as an incident with its {@code scheduled_*} fields set. A change of
 * a component's state has {@code component_update} and {@code component} instead.
 *
 * @see <a
 *     href="https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/">Statuspage
 *     webhook notifications</a>
 */
public final class StatuspageWebhook {

  private static final JsonFactory JSON = new JsonFactory();

  private StatuspageWebhook() {}

  private interface Content {
    void write(JsonGenerator json, StatuspageRecords records) throws IOException;
  }

  /** The incident as it stood when an update was posted: later updates are not in it. */
  static String incident(PageSnapshot page, PublicIncident incident, PublicIncident.Update update) {
    return write(
        page,
        (json, records) -> {
          json.writeFieldName("incident");
          records.hookIncident(json, incident.upTo(update));
        });
  }

  static String maintenance(PageSnapshot page, PlannedWork work) {
    return write(
        page,
        (json, records) -> {
          json.writeFieldName("incident");
          records.hookMaintenance(json, work);
        });
  }

  /**
   * A component that went from one state to another.
   *
   * @param id of the change, stable over tries
   */
  static String component(
      PageSnapshot page, ComponentView component, ComponentState before, Instant at, String id) {
    return write(
        page,
        (json, records) -> {
          json.writeObjectFieldStart("component_update");
          json.writeStringField("created_at", StatuspageRecords.time(at));
          json.writeStringField("new_status", component.state().label());
          json.writeStringField("old_status", before.label());
          json.writeStringField("id", id);
          json.writeStringField("component_id", component.spec().id());
          json.writeEndObject();
          json.writeFieldName("component");
          records.hookComponent(json, component);
        });
  }

  private static String write(PageSnapshot page, Content content) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      var records = new StatuspageRecords(page);
      records.hookPage(json);
      content.write(json, records);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text.toString();
  }

  /** The body as it is sent, the same at each try. */
  public static String sent(News news, String unsubscribe) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      meta(json, unsubscribe, news.at());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    String meta = text.toString();
    return meta.substring(0, meta.length() - 1) + "," + news.webhook().substring(1);
  }

  private static void meta(JsonGenerator json, String unsubscribe, Instant at) throws IOException {
    json.writeObjectFieldStart("meta");
    json.writeStringField("unsubscribe", unsubscribe);
    json.writeStringField(
        "documentation",
        "https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/");
    json.writeStringField("generated_at", StatuspageRecords.time(at));
    json.writeEndObject();
  }
}

package io.tocsin.statuspage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The page in the shape of the Statuspage v2 API, for readers written for that.
 *
 * <p>That API has no word for a component whose state is not known. Such a component is written as
 * {@code operational}, so that no reader raises an alarm over our own blindness, with {@code
 * "tocsin_state": "unknown"} beside it, and the page's description then says {@code Status
 * Unknown}.
 *
 * @see <a href="https://metastatuspage.com/api">Statuspage v2 API</a>
 */
public final class StatuspageJson {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int LISTED = 50;

  private StatuspageJson() {}

  /** {@code summary.json}: the state, components, open incidents, current maintenance. */
  public static String summary(PageSnapshot page) {
    return write(
        page,
        (json, records) -> {
          records.components(json);
          records.incidents(json, page.open());
          records.maintenances(json, page.currentMaintenance());
          status(json, page);
        });
  }

  /** {@code status.json}. */
  public static String status(PageSnapshot page) {
    return write(page, (json, records) -> status(json, page));
  }

  /** {@code components.json}. */
  public static String components(PageSnapshot page) {
    return write(page, (json, records) -> records.components(json));
  }

  /** {@code incidents.json}: the newest 50. */
  public static String incidents(PageSnapshot page) {
    List<PublicIncident> newest = page.incidents().stream().limit(LISTED).toList();
    return write(page, (json, records) -> records.incidents(json, newest));
  }

  /** {@code incidents/unresolved.json}. */
  public static String unresolved(PageSnapshot page) {
    return write(page, (json, records) -> records.incidents(json, page.open()));
  }

  /** {@code scheduled-maintenances.json}: the 50 that start last, newest first. */
  public static String maintenances(PageSnapshot page) {
    List<PlannedWork> newest = page.maintenance().reversed().stream().limit(LISTED).toList();
    return write(page, (json, records) -> records.maintenances(json, newest));
  }

  /** {@code scheduled-maintenances/upcoming.json}. */
  public static String upcoming(PageSnapshot page) {
    List<PlannedWork> works = page.maintenance().stream().filter(PlannedWork::upcoming).toList();
    return write(page, (json, records) -> records.maintenances(json, works));
  }

  /** {@code scheduled-maintenances/active.json}. */
  public static String active(PageSnapshot page) {
    List<PlannedWork> works = page.maintenance().stream().filter(PlannedWork::active).toList();
    return write(page, (json, records) -> records.maintenances(json, works));
  }

  private static void status(JsonGenerator json, PageSnapshot page) throws IOException {
    json.writeObjectFieldStart("status");
    json.writeStringField("indicator", page.overall().indicator());
    json.writeStringField("description", page.overall().description());
    json.writeEndObject();
  }

  private interface Content {
    void write(JsonGenerator json, StatuspageRecords records) throws IOException;
  }

  private static String write(PageSnapshot page, Content content) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      var records = new StatuspageRecords(page);
      json.writeStartObject();
      records.page(json);
      content.write(json, records);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text.toString();
  }
}

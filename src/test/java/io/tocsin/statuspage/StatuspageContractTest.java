package io.tocsin.statuspage;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Each of the eight resources against the shape that Statuspage publishes at
 * https://metastatuspage.com/api and serves: every field there, no other, its type, its values.
 */
class StatuspageContractTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)");

  /** Field: type. A question mark lets it be null; words between bars are its only values. */
  private static final Map<String, String> SHAPES =
      Map.of(
          "page",
          "id:text name:text url:text time_zone:text updated_at:time",
          "status",
          "indicator:none|minor|major|critical|maintenance description:text",
          "component",
          "id:text name:text status:operational|degraded_performance|partial_outage|major_outage"
              + "|under_maintenance created_at:time updated_at:time position:number"
              + " description:text? showcase:flag start_date:text? group_id:text? page_id:text"
              + " group:flag only_show_if_degraded:flag",
          "group",
          "id:text name:text status:operational|degraded_performance|partial_outage|major_outage"
              + "|under_maintenance created_at:time updated_at:time position:number"
              + " description:text? showcase:flag start_date:text? group_id:null page_id:text"
              + " group:flag only_show_if_degraded:flag components:[text]",
          "incident",
          "id:text name:text status:investigating|identified|monitoring|resolved|postmortem"
              + " created_at:time updated_at:time monitoring_at:time? resolved_at:time?"
              + " impact:none|minor|major|critical shortlink:text started_at:time page_id:text"
              + " incident_updates:[update] components:[component]",
          "work",
          "id:text name:text status:scheduled|in_progress|verifying|completed created_at:time"
              + " updated_at:time monitoring_at:time? resolved_at:time? impact:maintenance"
              + " shortlink:text started_at:time page_id:text incident_updates:[step]"
              + " components:[component] scheduled_for:time scheduled_until:time",
          "update",
          "id:text status:investigating|identified|monitoring|resolved|postmortem body:text"
              + " incident_id:text created_at:time updated_at:time display_at:time"
              + " affected_components:[affected] deliver_notifications:flag custom_tweet:text?"
              + " tweet_id:text?",
          "step",
          "id:text status:scheduled|in_progress|verifying|completed body:text incident_id:text"
              + " created_at:time updated_at:time display_at:time affected_components:[affected]"
              + " deliver_notifications:flag custom_tweet:text? tweet_id:text?",
          "affected",
          "code:text name:text"
              + " old_status:operational|degraded_performance|partial_outage|major_outage"
              + "|under_maintenance new_status:operational|degraded_performance|partial_outage"
              + "|major_outage|under_maintenance");

  private static final Map<String, String> RESOURCES = resources();

  private static Map<String, String> resources() {
    var resources = new LinkedHashMap<String, String>();
    resources.put(
        "summary",
        "page:page components:[component] incidents:[incident]"
            + " scheduled_maintenances:[work] status:status");
    resources.put("status", "page:page status:status");
    resources.put("components", "page:page components:[component]");
    resources.put("incidents", "page:page incidents:[incident]");
    resources.put("unresolved", "page:page incidents:[incident]");
    resources.put("maintenances", "page:page scheduled_maintenances:[work]");
    resources.put("upcoming", "page:page scheduled_maintenances:[work]");
    resources.put("active", "page:page scheduled_maintenances:[work]");
    return resources;
  }

  private static final Map<String, Function<PageSnapshot, String>> WRITERS =
      Map.of(
          "summary", StatuspageJson::summary,
          "status", StatuspageJson::status,
          "components", StatuspageJson::components,
          "incidents", StatuspageJson::incidents,
          "unresolved", StatuspageJson::unresolved,
          "maintenances", StatuspageJson::maintenances,
          "upcoming", StatuspageJson::upcoming,
          "active", StatuspageJson::active);

  private static PageSnapshot page(Instant now) {
    return Publication.derive(Fabricated.showcase(), Fabricated.rich(NOW), now);
  }

  private static JsonNode read(String resource, PageSnapshot page) throws Exception {
    return JSON.readTree(WRITERS.get(resource).apply(page));
  }

  /** What differs from a shape, in words. */
  private static void check(String at, JsonNode node, String shape, List<String> troubles) {
    List<String> expected = new ArrayList<>();
    for (String field : shape.split(" ")) {
      String name = field.substring(0, field.indexOf(':'));
      expected.add(name);
      value(at + "." + name, node.path(name), field.substring(name.length() + 1), troubles);
    }
    List<String> found = new ArrayList<>();
    node.fieldNames().forEachRemaining(found::add);
    if (!found.stream().sorted().toList().equals(expected.stream().sorted().toList())) {
      troubles.add(at + " has the fields " + found);
    }
  }

  private static void value(String at, JsonNode node, String type, List<String> troubles) {
    if (type.startsWith("[")) {
      if (!node.isArray()) {
        troubles.add(at + " is no list");
      }
      String each = type.substring(1, type.length() - 1);
      for (int i = 0; i < node.size(); i++) {
        value(at + "[" + i + "]", node.path(i), each, troubles);
      }
      return;
    }
    if (node.isNull() && type.endsWith("?")) {
      return;
    }
    String plain = type.replace("?", "");
    if (SHAPES.containsKey(plain)) {
      boolean group = plain.equals("component") && node.path("group").asBoolean();
      check(at, node, SHAPES.get(group ? "group" : plain), troubles);
      return;
    }
    boolean right =
        switch (plain) {
          case "text" -> node.isTextual() && !node.asText().isEmpty();
          case "time" -> node.isTextual() && TIME.matcher(node.asText()).matches();
          case "flag" -> node.isBoolean();
          case "number" -> node.isIntegralNumber();
          case "null" -> node.isNull();
          default -> List.of(plain.split("\\|")).contains(node.asText());
        };
    if (!right) {
      troubles.add(at + " is " + node + ", expected " + type);
    }
  }

  @Test
  void everyResourceHasStatuspagesFieldsTypesAndValues() throws Exception {
    var troubles = new ArrayList<String>();
    for (Duration later : List.of(Duration.ZERO, Duration.ofHours(34).plusMinutes(5))) {
      PageSnapshot page = page(NOW.plus(later));
      for (var resource : RESOURCES.entrySet()) {
        check(resource.getKey(), read(resource.getKey(), page), resource.getValue(), troubles);
      }
    }
    assertThat(troubles).isEmpty();
  }

  @Test
  void theListsAreNotEmptyWhereSomethingHappened() throws Exception {
    PageSnapshot page = page(NOW);
    assertThat(read("components", page).path("components")).hasSize(7);
    assertThat(read("unresolved", page).path("incidents")).hasSize(2);
    assertThat(read("incidents", page).path("incidents").size()).isGreaterThan(4);
    assertThat(read("upcoming", page).path("scheduled_maintenances")).hasSize(1);
    assertThat(read("maintenances", page).path("scheduled_maintenances")).hasSize(3);
    JsonNode active = read("active", page).path("scheduled_maintenances").path(0);
    assertThat(active.path("incident_updates")).hasSize(3);
    assertThat(active.at("/incident_updates/0/status").asText()).isEqualTo("in_progress");
    assertThat(active.at("/incident_updates/2/body").asText())
        .isEqualTo("Sign-in may take longer.");
    assertThat(active.at("/incident_updates/0/affected_components/0/new_status").asText())
        .isEqualTo("under_maintenance");
    assertThat(active.path("created_at")).isEqualTo(active.at("/incident_updates/2/created_at"));
  }

  @Test
  void idsAreTheSameAfterARestart() throws Exception {
    for (String resource : RESOURCES.keySet()) {
      // Two pages that share nothing but what is stored and configured.
      assertThat(ids(read(resource, page(NOW.plusSeconds(30)))))
          .isEqualTo(ids(read(resource, page(NOW))));
    }
  }

  private static List<String> ids(JsonNode document) {
    return document.findValuesAsText("id");
  }
}

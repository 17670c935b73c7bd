package io.tocsin.grafana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.TreeMap;

/** One panel as JSON. */
final class PanelJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  ObjectNode write(Panel panel, int id, ObjectNode position) {
    ObjectNode json = JSON.objectNode();
    json.put("id", id);
    json.put("type", panel.shape().type());
    json.put("title", panel.title());
    json.put("description", description(panel));
    json.set("gridPos", position);
    json.set("datasource", BoardJson.reference(source(panel.queries().getFirst())));
    ArrayNode targets = json.putArray("targets");
    for (Query query : panel.queries()) {
      targets.add(target(query, (char) ('A' + targets.size())));
    }
    json.set("fieldConfig", fieldConfig(panel));
    json.set("options", PanelOptions.of(panel));
    json.set("links", links(panel));
    return json;
  }

  private static String description(Panel panel) {
    return panel.mayBeEmpty().map(why -> panel.about() + " Empty: " + why).orElse(panel.about());
  }

  private static Source source(Query query) {
    return switch (query) {
      case Query.Prom prom -> Source.METRICS;
      case Query.Sql sql -> Source.SQL;
    };
  }

  private static ObjectNode target(Query query, char name) {
    ObjectNode target = JSON.objectNode();
    target.put("refId", String.valueOf(name));
    target.set("datasource", BoardJson.reference(source(query)));
    target.put("editorMode", "code");
    switch (query) {
      case Query.Prom prom -> {
        boolean instant = prom.mode() == Query.Prom.Mode.INSTANT;
        target.put("expr", prom.expr());
        target.put("legendFormat", prom.legend().isEmpty() ? "__auto" : prom.legend());
        target.put("instant", instant);
        target.put("range", !instant);
        target.put("format", prom.mode() == Query.Prom.Mode.BUCKETS ? "heatmap" : "time_series");
      }
      case Query.Sql sql -> {
        target.put("rawQuery", true);
        target.put("rawSql", sql.text());
        target.put("format", sql.series() ? "time_series" : "table");
      }
    }
    return target;
  }

  private static ObjectNode fieldConfig(Panel panel) {
    ObjectNode config = JSON.objectNode();
    ObjectNode defaults = config.putObject("defaults");
    defaults.put("unit", panel.unit().id());
    defaults.put("noValue", panel.mayBeEmpty().orElse("No data yet"));
    if (panel.unit() == Unit.RATIO) {
      defaults.put("min", 0);
    }
    defaults.putObject("color").put("mode", colouring(panel));
    defaults.set("thresholds", thresholds(panel.scale()));
    if (!panel.words().isEmpty()) {
      defaults.set("mappings", mappings(panel));
    }
    defaults.set("custom", PanelOptions.custom(panel));
    ArrayNode links = defaults.putArray("links");
    links.add(dataLink("Open incidents", "${console}/incidents"));
    ArrayNode overrides = config.putArray("overrides");
    if (panel.shape() == Shape.TABLE) {
      overrides.add(override("id", "custom.hidden", JSON.booleanNode(true)));
      ArrayNode incident = JSON.arrayNode();
      incident.add(dataLink("Open this incident", "${console}/incidents/${__data.fields.id}"));
      overrides.add(override("incident", "links", incident));
    }
    return config;
  }

  private static String colouring(Panel panel) {
    return panel.shape() == Shape.LINES ? "palette-classic" : "thresholds";
  }

  private static ObjectNode thresholds(Scale scale) {
    ObjectNode thresholds = JSON.objectNode();
    thresholds.put("mode", "absolute");
    ArrayNode steps = thresholds.putArray("steps");
    steps.addObject().put("color", scale.lowest().hex()).putNull("value");
    scale
        .steps()
        .forEach(
            step -> steps.addObject().put("color", step.colour().hex()).put("value", step.from()));
    return thresholds;
  }

  private static ArrayNode mappings(Panel panel) {
    ObjectNode options = JSON.objectNode();
    new TreeMap<>(panel.words())
        .forEach(
            (value, word) ->
                options
                    .putObject(String.valueOf(value))
                    .put("text", word.text())
                    .put("color", word.colour().hex())
                    .put("index", value));
    ObjectNode mapping = JSON.objectNode().put("type", "value");
    mapping.set("options", options);
    return JSON.arrayNode().add(mapping);
  }

  private static ObjectNode override(
      String field, String property, com.fasterxml.jackson.databind.JsonNode value) {
    ObjectNode override = JSON.objectNode();
    override.putObject("matcher").put("id", "byName").put("options", field);
    override.putArray("properties").addObject().put("id", property).set("value", value);
    return override;
  }

  private static ObjectNode dataLink(String title, String url) {
    return JSON.objectNode().put("title", title).put("url", url).put("targetBlank", true);
  }

  private static ArrayNode links(Panel panel) {
    ArrayNode links = JSON.arrayNode();
    for (String runbook : panel.runbooks()) {
      links.add(
          BoardJson.link("Runbook " + runbook, "link", "What to do when it is not all right")
              .put("url", "${console}/runbooks/" + runbook));
    }
    panel
        .board()
        .ifPresent(
            uid ->
                links.add(
                    BoardJson.link("More on this", "link", "The board that tells more")
                        .put("keepTime", true)
                        .put("includeVars", true)
                        .put("targetBlank", false)
                        .put("url", "/d/" + uid.toLowerCase(Locale.ROOT))));
    return links;
  }
}

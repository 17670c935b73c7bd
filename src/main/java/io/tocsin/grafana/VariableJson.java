package io.tocsin.grafana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Variables of a board as JSON. */
final class VariableJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<Variable> EVERYWHERE =
      List.of(Variable.COMPONENT, Variable.SEVERITY, Variable.ENVIRONMENT);
  private static final int ON_TIME_CHANGE = 2;
  private static final int ALPHABETICAL = 1;
  private static final int HIDDEN = 2;

  private VariableJson() {}

  static ObjectNode all(List<Variable> more, String console) {
    var variables = new ArrayList<>(EVERYWHERE);
    variables.addAll(more);
    ArrayNode list = JSON.arrayNode();
    variables.forEach(variable -> list.add(json(variable)));
    list.add(console(console));
    return JSON.objectNode().set("list", list);
  }

  private static ObjectNode json(Variable variable) {
    ObjectNode json = JSON.objectNode();
    json.put("name", variable.id());
    json.put("label", variable.label());
    json.put("type", variable.fixed() ? "custom" : "query");
    json.put("multi", true);
    json.put("includeAll", true);
    json.put("allValue", ".*");
    json.put("hide", 0);
    json.put("skipUrlSync", false);
    if (variable.fixed()) {
      json.put("query", variable.source());
      json.set("options", options(variable));
    } else {
      json.set("datasource", BoardJson.reference(Source.METRICS));
      json.set(
          "query",
          JSON.objectNode()
              .put("qryType", 1)
              .put("query", variable.source())
              .put("refId", "PrometheusVariableQueryEditor-VariableQuery"));
      json.put("refresh", ON_TIME_CHANGE);
      json.put("sort", ALPHABETICAL);
    }
    json.set("current", option("All", "$__all", true));
    return json;
  }

  private static ArrayNode options(Variable variable) {
    ArrayNode options = JSON.arrayNode();
    options.add(option("All", "$__all", true));
    for (String value : variable.source().split(",")) {
      options.add(option(value, value, false));
    }
    return options;
  }

  private static ObjectNode option(String text, String value, boolean selected) {
    return JSON.objectNode().put("selected", selected).put("text", text).put("value", value);
  }

  /** Where links lead. */
  private static ObjectNode console(String address) {
    ObjectNode json = JSON.objectNode();
    json.put("name", "console");
    json.put("label", "Console");
    json.put("type", "constant");
    json.put("hide", HIDDEN);
    json.put("skipUrlSync", true);
    json.put("query", address);
    json.set("current", option(address, address, true));
    return json;
  }
}

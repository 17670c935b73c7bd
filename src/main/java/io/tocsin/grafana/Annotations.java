package io.tocsin.grafana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is marked on every graph: incidents, deploys, firing alerts. */
public final class Annotations {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Incidents from their opening to their end. */
  public static final String INCIDENTS =
      """
      SELECT opened_at AS time, resolved_at AS timeend,
        '#' || number || ' ' || title AS text, lower(severity) AS tags
      FROM incident
      WHERE $__timeFilter(opened_at) AND
      """
          + Chosen.INCIDENT
          + "ORDER BY opened_at DESC LIMIT 200";

  /** Deploys and other changes that somebody told us of. */
  public static final String CHANGES =
      """
      SELECT at AS time, document ->> 'summary' AS text, source AS tags
      FROM change_event WHERE $__timeFilter(at) ORDER BY at DESC LIMIT 200\
      """;

  /** Alerts that fire. */
  public static final String ALERTS = "ALERTS{alertstate=\"firing\", severity=~\"$severity\"}";

  private Annotations() {}

  static ObjectNode json() {
    ArrayNode list = JSON.arrayNode();
    list.add(sql("Incidents", Colour.RED, INCIDENTS, true));
    list.add(sql("Deploys and changes", Colour.BLUE, CHANGES, true));
    ObjectNode alerts = annotation("Firing alerts", Colour.ORANGE, Source.METRICS, false);
    alerts.put("expr", ALERTS);
    alerts.put("step", "15s");
    alerts.put("titleFormat", "{{alertname}}");
    alerts.put("textFormat", "{{component}} {{severity}}");
    list.add(alerts);
    return JSON.objectNode().set("list", list);
  }

  private static ObjectNode sql(String name, Colour colour, String text, boolean enabled) {
    return annotation(name, colour, Source.SQL, enabled).put("rawQuery", text);
  }

  private static ObjectNode annotation(String name, Colour colour, Source source, boolean enabled) {
    ObjectNode one = JSON.objectNode();
    one.put("name", name);
    one.set("datasource", BoardJson.reference(source));
    one.put("enable", enabled);
    one.put("hide", false);
    one.put("iconColor", colour.hex());
    return one;
  }
}

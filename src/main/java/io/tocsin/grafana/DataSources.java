package io.tocsin.grafana;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The data sources behind the boards, as Grafana's API takes them.
 *
 * @param tocsin address of the operations listener as Grafana reaches it
 * @param token lets Grafana read; none where the listener is open
 * @param sql the database; without it the panels that ask SQL stay empty
 * @see <a href="https://grafana.com/docs/grafana/latest/developers/http_api/data_source/">Data
 *     source HTTP API</a>
 */
public record DataSources(URI tocsin, Optional<String> token, Optional<Sql> sql) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * A database and who reads it.
   *
   * @param address host and port
   * @param database its name
   * @param user a role that may only read
   */
  public record Sql(String address, String database, String user, String password) {
    @Override
    public String toString() {
      return user + "@" + address + "/" + database;
    }
  }

  /** One document for each. */
  List<ObjectNode> json() {
    var all = new ArrayList<ObjectNode>();
    all.add(metrics());
    all.add(alerts());
    sql.ifPresent(database -> all.add(sql(database)));
    return all;
  }

  private ObjectNode metrics() {
    ObjectNode json = source(Source.METRICS, address("/prometheus"));
    json.put("isDefault", false);
    json.withObject("/jsonData").put("httpMethod", "POST").put("timeInterval", "15s");
    authorise(json);
    return json;
  }

  private ObjectNode alerts() {
    ObjectNode json = source(Source.ALERTS, address("/alertmanager"));
    json.withObject("/jsonData")
        .put("implementation", "prometheus")
        .put("handleGrafanaManagedAlerts", false);
    authorise(json);
    return json;
  }

  private static ObjectNode sql(Sql database) {
    ObjectNode json = source(Source.SQL, database.address());
    json.put("user", database.user());
    json.withObject("/jsonData")
        .put("database", database.database())
        .put("sslmode", "disable")
        .put("timescaledb", false);
    json.withObject("/secureJsonData").put("password", database.password());
    return json;
  }

  private static ObjectNode source(Source source, String url) {
    ObjectNode json = JSON.objectNode();
    json.put("uid", source.uid());
    json.put("name", source.title());
    json.put("type", source.type());
    json.put("access", "proxy");
    json.put("url", url);
    return json;
  }

  private void authorise(ObjectNode json) {
    token.ifPresent(
        secret -> {
          json.withObject("/jsonData").put("httpHeaderName1", "Authorization");
          json.withObject("/secureJsonData").put("httpHeaderValue1", "Bearer " + secret);
        });
  }

  private String address(String path) {
    return tocsin.toString().replaceAll("/+$", "") + path;
  }
}

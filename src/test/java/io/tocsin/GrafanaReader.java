package io.tocsin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.grafana.Query;
import io.tocsin.grafana.Variable;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks as Grafana asks: PromQL by form POST to the data source's address, SQL as the role that
 * Grafana has, with Grafana's variables and macros filled in.
 */
record GrafanaReader(URI console, Connection database) implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** All values of every variable. */
  static final String EVERYTHING = ".*";

  /** The role of {@code grafana/reader.sql}, made by the file itself. */
  static GrafanaReader of(URI console, Path folder) throws Exception {
    String url =
        "jdbc:postgresql://127.0.0.1:%s/tocsin"
            .formatted(Files.readString(folder.resolve("postgres/port")).strip());
    String password = Files.readString(folder.resolve("postgres/password")).strip();
    String role = Files.readString(Path.of("grafana/reader.sql")).replace(":password", "'reader'");
    try (Connection owner = DriverManager.getConnection(url, "tocsin", password);
        var statement = owner.createStatement()) {
      statement.execute(role);
    }
    return new GrafanaReader(console, DriverManager.getConnection(url, "tocsin_reader", "reader"));
  }

  JsonNode get(String path) throws Exception {
    return send(HttpRequest.newBuilder(address(path)).GET());
  }

  JsonNode post(String path, String json) throws Exception {
    return send(
        HttpRequest.newBuilder(address(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  JsonNode form(String path, Map<String, String> fields) throws Exception {
    String body =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(address("/prometheus/api/v1/" + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  URI address(String path) {
    return console.resolve(path);
  }

  JsonNode send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JSON.readTree(answer.body());
  }

  /** How many series or rows come back; fails when the query does. */
  int found(Query query, String chosen) throws Exception {
    return switch (query) {
      case Query.Prom prom -> prom(prom, chosen);
      case Query.Sql sql -> sql(sql, chosen);
    };
  }

  private int prom(Query.Prom prom, String chosen) throws Exception {
    String expr = interpolated(prom.expr(), chosen).replace("$__rate_interval", "1m0s");
    long now = Instant.now().getEpochSecond();
    var fields = new LinkedHashMap<String, String>();
    fields.put("query", expr);
    JsonNode answer;
    if (prom.mode() == Query.Prom.Mode.INSTANT) {
      fields.put("time", Long.toString(now));
      answer = form("query", fields);
    } else {
      fields.put("start", Long.toString(now - 3600));
      fields.put("end", Long.toString(now));
      fields.put("step", "15");
      answer = form("query_range", fields);
    }
    assertThat(answer.path("status").asText()).isEqualTo("success");
    return answer.at("/data/result").size();
  }

  private int sql(Query.Sql sql, String chosen) throws SQLException {
    String from = Instant.now().minus(Duration.ofDays(7)).toString();
    String to = Instant.now().toString();
    String text =
        Pattern.compile("\\$__timeFilter\\(([^)]*)\\)")
            .matcher(interpolated(sql.text(), chosen))
            .replaceAll("$1 BETWEEN '" + from + "' AND '" + to + "'");
    try (var statement = database.createStatement();
        ResultSet rows = statement.executeQuery(text)) {
      var columns = new ArrayList<String>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        columns.add(rows.getMetaData().getColumnLabel(i));
      }
      if (sql.series()) {
        assertThat(columns).containsExactly("time", "metric", "value");
      }
      int count = 0;
      while (rows.next()) {
        // A single figure of nothing is one row without a value.
        count += columns.size() > 1 || rows.getObject(1) != null ? 1 : 0;
      }
      return count;
    }
  }

  private static String interpolated(String text, String chosen) {
    String filled = text;
    for (Variable variable : Variable.values()) {
      filled =
          Stream.of("${" + variable.id() + ":regex}", "$" + variable.id())
              .reduce(filled, (before, hole) -> before.replace(hole, chosen));
    }
    return filled;
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}

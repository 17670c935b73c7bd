package io.tocsin;

import static io.tocsin.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.demo.Demo;
import io.tocsin.grafana.Annotations;
import io.tocsin.grafana.Board;
import io.tocsin.grafana.Panel;
import io.tocsin.grafana.Query;
import io.tocsin.grafana.Variable;
import io.tocsin.grafana.board.Boards;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every board, asked of a running demo as Grafana asks it: PromQL by form POST to
 * the data source's address, SQL as the role that Grafana has.
 */
@Timeout(300)
class GrafanaQueriesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String EVERYTHING = ".*";

  /** What the demo has none of; each of these says on the panel why it may be empty. */
  private static final Set<String> NOT_IN_THE_DEMO =
      Set.of(
          "Business KPIs: MRR against yesterday",
          "On call: Failed attempts",
          "Tocsin itself: Refused and dropped");

  @TempDir private static Path folder;
  private static Server server;
  private static Connection reader;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private record Asked(Board board, Panel panel, Query query) {
    String name() {
      return board.title() + ": " + panel.title();
    }
  }

  @BeforeAll
  static void aCompanyThatHadTrouble() throws Exception {
    var clock = new SteadyClock();
    Demo demo = Demo.open(folder, clock);
    Path file = demo.configuration();
    Files.writeString(
        file,
        Files.readString(file)
            .replace("127.0.0.1:9110", "127.0.0.1:0")
            .replace("127.0.0.1:9111", "127.0.0.1:0"));
    server =
        Server.start(
            Configuration.read(file, demo.environment()),
            folder,
            clock,
            new ServerExtras(Optional.of(demo.controls())));
    demo.begin(server.console().url());
    reader = reader();
    demo.controls().breakIt("web-app");
    eventually(PATIENCE, () -> assertThat(open("Web app")).isNotEmpty());
    demo.controls().heal("web-app");
    eventually(PATIENCE, () -> assertThat(incidents("Web app", "resolved")).isNotEmpty());
    demo.controls().breakIt("chat-bot");
    eventually(PATIENCE, () -> acknowledge(open("Chat bot")));
    post(
        "/alertmanager/api/v2/silences",
        """
        {"matchers": [{"name": "a", "value": "b", "isRegex": false, "isEqual": true}],
         "startsAt": "%s", "endsAt": "%s", "createdBy": "ana", "comment": "trying"}
        """
            .formatted(Instant.now(), Instant.now().plusSeconds(3600)));
    post(
        "/api/v1/oncall/schedules/l1/overrides",
        "{\"person\": \"ben\", \"start\": \"%s\", \"end\": \"%s\"}"
            .formatted(Instant.now(), Instant.now().plusSeconds(3600)));
  }

  @AfterAll
  static void stop() throws Exception {
    reader.close();
    server.close();
  }

  /** The role of {@code grafana/reader.sql}, made by the file itself. */
  private static Connection reader() throws Exception {
    String url =
        "jdbc:postgresql://127.0.0.1:%s/tocsin"
            .formatted(Files.readString(folder.resolve("postgres/port")).strip());
    String password = Files.readString(folder.resolve("postgres/password")).strip();
    String role = Files.readString(Path.of("grafana/reader.sql")).replace(":password", "'reader'");
    try (Connection owner = DriverManager.getConnection(url, "tocsin", password);
        var statement = owner.createStatement()) {
      statement.execute(role);
    }
    return DriverManager.getConnection(url, "tocsin_reader", "reader");
  }

  private static String open(String component) throws Exception {
    return incidents(component, "open");
  }

  private static String incidents(String component, String state) throws Exception {
    for (JsonNode one : get("/api/v1/incidents?state=" + state).path("incidents")) {
      if (one.path("components").toString().contains(component)) {
        return one.path("id").asText();
      }
    }
    return "";
  }

  private static void acknowledge(String incident) throws Exception {
    assertThat(incident).isNotEmpty();
    post("/api/v1/incidents/" + incident + "/acknowledge", "");
  }

  private static JsonNode get(String path) throws Exception {
    return send(HttpRequest.newBuilder(address(path)).GET());
  }

  private static JsonNode post(String path, String json) throws Exception {
    return send(
        HttpRequest.newBuilder(address(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private static JsonNode form(String path, Map<String, String> fields) throws Exception {
    String body =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(address("/prometheus/api/v1/" + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static URI address(String path) {
    return URI.create(server.console().url()).resolve(path);
  }

  private static JsonNode send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JSON.readTree(answer.body());
  }

  private static List<Asked> everything() {
    return Boards.ALL.stream()
        .flatMap(
            board ->
                board.panels().stream()
                    .flatMap(
                        panel ->
                            panel.queries().stream().map(query -> new Asked(board, panel, query))))
        .toList();
  }

  @Test
  void everyQueryIsAnsweredAndTheDemoFeedsEveryBoard() {
    var missing = new TreeSet<String>();
    for (Asked asked : everything()) {
      eventually(
          PATIENCE,
          () -> {
            int found = found(asked.query(), EVERYTHING);
            if (!NOT_IN_THE_DEMO.contains(asked.name())) {
              assertThat(found).as(asked.name() + " " + asked.query()).isPositive();
            } else if (found == 0) {
              missing.add(asked.name());
            }
          });
    }
    assertThat(missing).isEqualTo(new TreeSet<>(NOT_IN_THE_DEMO));
    assertThat(everything().stream().filter(asked -> missing.contains(asked.name())))
        .allSatisfy(asked -> assertThat(asked.panel().mayBeEmpty()).isPresent());
  }

  @Test
  void aChoiceOfValuesIsUnderstoodByBothLanguages() throws Exception {
    for (Asked asked : everything()) {
      assertThat(found(asked.query(), "(Payments|Web app|critical|high)")).isNotNegative();
    }
  }

  @Test
  void variablesHaveValuesAndAnnotationsAreFound() throws Exception {
    for (Variable variable : Variable.values()) {
      if (!variable.fixed()) {
        Matcher source = Pattern.compile("label_values\\((.*), (.*)\\)").matcher(variable.source());
        assertThat(source.matches()).isTrue();
        eventually(
            PATIENCE,
            () ->
                assertThat(
                        get("/prometheus/api/v1/label/%s/values?match[]=%s"
                                .formatted(source.group(2), source.group(1))
                                .replace("[]", "%5B%5D"))
                            .path("data"))
                    .as(variable.toString())
                    .isNotEmpty());
      }
    }
    eventually(
        PATIENCE,
        () -> {
          assertThat(found(new Query.Sql(Annotations.INCIDENTS, false), EVERYTHING)).isPositive();
          assertThat(found(new Query.Sql(Annotations.CHANGES, false), EVERYTHING)).isPositive();
          assertThat(
                  found(new Query.Prom(Annotations.ALERTS, "", Query.Prom.Mode.RANGE), EVERYTHING))
              .isPositive();
        });
  }

  @Test
  void everySeriesThatTheCatalogueSaysWeExportIsThere() throws Exception {
    eventually(
        PATIENCE,
        () -> {
          var names = new TreeSet<String>();
          get("/prometheus/api/v1/label/__name__/values")
              .path("data")
              .forEach(name -> names.add(name.asText()));
          assertThat(names).containsAll(SeriesCatalogue.read().of("tocsin"));
        });
  }

  @Test
  void theReaderSeesNoSecrets() throws Exception {
    for (String secret : List.of("api_token", "service_key", "subscriber", "check_definition")) {
      assertThat(refused("SELECT * FROM " + secret)).as(secret).contains("permission denied");
    }
    assertThat(refused("SELECT message FROM delivery")).contains("permission denied");
    assertThat(refused("DELETE FROM incident")).containsAnyOf("permission denied", "read-only");
  }

  private static String refused(String sql) throws SQLException {
    try (var statement = reader.createStatement()) {
      statement.execute(sql);
      return "";
    } catch (SQLException refusal) {
      return String.valueOf(refusal.getMessage());
    }
  }

  /** How many series or rows come back; fails when the query does. */
  private static int found(Query query, String chosen) throws Exception {
    return switch (query) {
      case Query.Prom prom -> prom(prom, chosen);
      case Query.Sql sql -> sql(sql, chosen);
    };
  }

  private static int prom(Query.Prom prom, String chosen) throws Exception {
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

  private static int sql(Query.Sql sql, String chosen) throws SQLException {
    String from = Instant.now().minus(Duration.ofDays(7)).toString();
    String to = Instant.now().toString();
    String text =
        Pattern.compile("\\$__timeFilter\\(([^)]*)\\)")
            .matcher(interpolated(sql.text(), chosen))
            .replaceAll("$1 BETWEEN '" + from + "' AND '" + to + "'");
    try (var statement = reader.createStatement();
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
}

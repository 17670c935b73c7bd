package io.tocsin.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.tocsin.grafana.board.Boards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The boards keep to the rules of the house and to Grafana's published types. */
class BoardsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Grounds of panels in Grafana's light and dark theme. */
  private static final List<String> GROUNDS = List.of("#ffffff", "#181b1f");

  private static JsonSchema published() throws Exception {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
        .getSchema(Files.readString(Path.of("grafana/schema/board.schema.json")));
  }

  static List<Board> boards() {
    return Boards.ALL;
  }

  private static JsonNode json(Board board) {
    return BoardJson.of(board, "https://tocsin.example.com");
  }

  @ParameterizedTest
  @MethodSource("boards")
  void areOfGrafanasPublishedTypes(Board board) throws Exception {
    assertThat(published().validate(json(board))).as(board.title()).isEmpty();
  }

  @Test
  void thePublishedTypesRefuseWhatIsNoBoard() throws Exception {
    var board = BoardJson.of(Boards.ALL.getFirst(), "https://tocsin.example.com");
    board.withArray("/panels").addObject().put("type", "stat").put("tittle", "No such key");

    assertThat(published().validate(board)).isNotEmpty();
  }

  @Test
  void areFifteenWithNamesOfTheirOwn() {
    assertThat(Boards.ALL)
        .hasSize(15)
        .doesNotHaveDuplicates()
        .allSatisfy(board -> assertThat(board.uid()).startsWith(Board.PREFIX))
        .extracting(Board::uid)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("boards")
  void answerInTheTopRowWhetherItIsAllRight(Board board) {
    assertThat(board.top())
        .hasSizeBetween(3, 6)
        .allSatisfy(panel -> assertThat(panel.shape()).isEqualTo(Shape.FIGURE));
    assertThat(board.top().stream().filter(panel -> !panel.scale().steps().isEmpty()))
        .as("figures with a threshold")
        .hasSizeGreaterThanOrEqualTo(3);
    JsonNode first = json(board).path("panels");
    for (int i = 0; i < board.top().size(); i++) {
      assertThat(first.get(i).at("/gridPos/y").asInt()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("boards")
  void sayOnEveryPanelWhatItMeansAndWhatToDo(Board board) {
    Set<String> uids = new HashSet<>();
    boards().forEach(one -> uids.add(one.uid()));
    for (Panel panel : board.panels()) {
      assertThat(panel.about()).as(panel.title()).matches(".{6,}[.?]");
      assertThat(panel.queries()).as(panel.title()).isNotEmpty();
      panel.board().ifPresent(uid -> assertThat(uids).contains(uid));
      assertThat(panel.runbooks())
          .allSatisfy(name -> assertThat(Path.of("runbooks", name + ".md")).exists());
    }
    JsonNode model = json(board);
    assertThat(model.at("/templating/list").findValuesAsText("name"))
        .contains("component", "severity", "environment", "console");
    assertThat(model.at("/annotations/list").findValuesAsText("name"))
        .contains("Incidents", "Deploys and changes", "Firing alerts");
    for (JsonNode panel : model.path("panels")) {
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotEmpty();
        assertThat(panel.at("/fieldConfig/defaults/noValue").asText()).isNotEmpty();
        assertThat(panel.at("/fieldConfig/defaults/thresholds/steps")).isNotEmpty();
        assertThat(panel.at("/fieldConfig/defaults/links/0/url").asText())
            .isEqualTo("${console}/incidents");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("boards")
  void placeNoPanelOnAnother(Board board) {
    var taken = new HashSet<String>();
    for (JsonNode panel : json(board).path("panels")) {
      JsonNode at = panel.path("gridPos");
      assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
      for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
        for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
          assertThat(taken.add(x + ":" + y)).as(panel.path("title").asText()).isTrue();
        }
      }
    }
  }

  @Test
  void coloursAreSeenOnLightAndOnDark() {
    for (Colour colour : Colour.values()) {
      for (String ground : GROUNDS) {
        assertThat(contrast(colour.hex(), ground))
            .as(colour + " on " + ground)
            .isGreaterThanOrEqualTo(3);
      }
    }
  }

  @Test
  void everyFileOfTheFolderIsABoardOfOurs() throws Exception {
    var files = new ArrayList<String>();
    try (Stream<Path> found = Files.list(Path.of("grafana/boards"))) {
      found.forEach(file -> files.add(file.getFileName().toString()));
    }
    assertThat(files)
        .containsExactlyInAnyOrderElementsOf(boards().stream().map(Board::file).toList());
  }

  @Test
  void theDataSourcesOfTheProvisioningAreThoseOfTheBoards() throws Exception {
    String provisioned = Files.readString(Path.of("grafana/provisioning/datasources/tocsin.yaml"));
    for (Source source : Source.values()) {
      assertThat(provisioned).contains("uid: " + source.uid() + "\n", "type: " + source.type());
    }
    assertThat(JSON.readTree(Files.readString(Path.of("grafana/boards/overview.json"))).path("uid"))
        .hasToString("\"tocsin-overview\"");
  }

  /** WCAG 2.2's contrast ratio. */
  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String hex) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(hex.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}

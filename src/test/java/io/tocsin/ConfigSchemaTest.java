package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.tocsin.settings.Outline;
import io.tocsin.settings.SettingsProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ConfigSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCES = Path.of("src/main/java/io/tocsin");

  /** They read other files than tocsin.yaml, or are no readers. */
  private static final Set<String> OTHERS =
      Set.of(
          "RuleFiles.java",
          "RuleTests.java",
          "StatedModelSettings.java",
          "DriftRules.java",
          "AlertmanagerFile.java",
          "AlertmanagerTemplates.java",
          "ForeignReceivers.java",
          "ForeignKind.java",
          "Section.java",
          "Yaml.java");

  /** Of a rule in a rule file, which a reader of tocsin.yaml looks at. */
  private static final String RULES_OWN = "threshold";

  private static final Pattern READ =
      Pattern.compile(
          "\\.\\s*(?:optional|string|integer|number|flag|duration|optionalDuration|choice"
              + "|optionalChoice|strings|integers|map|part|section|sections)"
              + "\\(\\s*\"([a-z_]+)\"");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

  private static ObjectNode document;
  private static JsonSchema schema;
  private static Outline outline;

  @BeforeAll
  static void generate() throws Exception {
    outline = ConfigSchema.outline();
    document = ConfigSchema.document();
    schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(document);
  }

  @Test
  void theExampleHasEveryKeyThatItsReadersAskFor() {
    assertThat(outline.keys()).hasSizeGreaterThan(500);
    assertThat(outline.unwritten()).as("to be written in schema/every-key.yaml").isEmpty();
  }

  @Test
  void everyKeyThatStandsInAReaderIsInTheSchema() throws Exception {
    Set<String> known =
        outline.keys().stream()
            .map(key -> key.substring(key.lastIndexOf('.') + 1))
            .collect(Collectors.toSet());
    var missing = new TreeSet<String>();
    var found = new HashSet<String>();
    try (var files = Files.walk(SOURCES)) {
      for (Path file : files.filter(ConfigSchemaTest::reads).toList()) {
        READ.matcher(Files.readString(file)).results().map(it -> it.group(1)).forEach(found::add);
      }
    }
    found.stream()
        .filter(key -> !known.contains(key) && !key.equals(RULES_OWN))
        .forEach(missing::add);
    assertThat(found).hasSizeGreaterThan(200);
    assertThat(missing).as("to be written in schema/every-key.yaml").isEmpty();
  }

  private static boolean reads(Path file) {
    try {
      return file.toString().endsWith(".java")
          && !OTHERS.contains(file.getFileName().toString())
          && (file.startsWith(SOURCES.resolve("settings"))
              || Files.readString(file).contains("import io.tocsin.settings.Section;"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theExampleTheDemoAndTheReadmeAreOfTheSchema() throws Exception {
    for (String text : resource("/schema/every-key.yaml").split("(?m)^---$")) {
      assertThat(mistakes(text)).isEmpty();
    }
    assertThat(mistakes(resource("/demo/tocsin.yaml"))).isEmpty();
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```yaml\n# tocsin.yaml") + 8;
    assertThat(mistakes(readme.substring(start, readme.indexOf("```", start)))).isEmpty();
  }

  @Test
  void whatTheDocumentationShowsIsOfTheSchema() throws Exception {
    Set<String> tops = Set.copyOf(outline.keys());
    int seen = 0;
    try (var files = Files.list(Path.of("src/docs"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".md")).toList()) {
        for (var block : BLOCK.matcher(Files.readString(file)).results().toList()) {
          String text = block.group(1);
          if (tree(text) instanceof Map<?, ?> map && tops.containsAll(map.keySet())) {
            assertThat(mistakes(text)).as("%s: %s", file, text).isEmpty();
            seen++;
          }
        }
      }
    }
    assertThat(seen).isGreaterThan(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nod: one",
        "listen: { opps: '127.0.0.1:1' }",
        "checks: [{ name: a, http: { url: 'http://localhost', timout: 1s } }]",
        "checks: [{ name: a, http: { url: 'http://localhost' }, interval: soon }]",
        "checks: [{ name: a, http: { url: 'http://localhost' }, down_after: many }]",
        "checks: [{ name: a, http: http://localhost }]",
        "severities: { urgent: { response: 1m } }",
        "severities: { critical: { told: nobody } }",
        "status_page: { publish: perhaps }",
        "route: { receiver: a, continue: true }",
        "oncall: { people: [{ nam: ana }] }",
        "models: [{ name: a, targets: { acuracy: 1 } }]",
        "probes: [1]",
        "auth: shut"
      })
  void whatTheReaderRefusesTheSchemaRefuses(String text, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("tocsin.yaml"), text);

    assertThatThrownBy(() -> Configuration.read(file, Map.of()))
        .isInstanceOf(SettingsProblem.class);
    assertThat(mistakes(text)).isNotEmpty();
  }

  @Test
  void aRouteUnderARouteUnderARouteIsOfTheSameSchema() {
    String deep = "route: { receiver: a, routes: [{ routes: [{ routes: [{ %s: 1m }] }] }] }";

    assertThat(mistakes(deep.formatted("group_wait"))).isEmpty();
    assertThat(mistakes(deep.formatted("group_weight"))).isNotEmpty();
  }

  @Test
  void defaultsChoicesAndSentencesStandBesideTheKeys() {
    JsonNode checks = document.at("/$defs/checks/properties");

    assertThat(checks.at("/interval/default").asText()).isEqualTo("30s");
    assertThat(checks.at("/interval/description").asText()).isNotEmpty();
    assertThat(document.at("/$defs/status_page/properties/publish/anyOf/0/enum").toString())
        .contains("auto", "ask", "never");
    assertThat(document.at("/properties").properties())
        .allSatisfy(key -> assertThat(key.getValue().path("description").asText()).endsWith("."));
  }

  @Test
  void everySentenceIsAboutAKeyThereIs() throws Exception {
    Set<String> keys = new HashSet<>(outline.keys());
    outline.keys().forEach(key -> keys.add("*." + key.substring(key.lastIndexOf('.') + 1)));

    assertThat(keys).containsAll(ConfigSchema.sentences().keySet());
  }

  @Test
  void theCommandWritesItToAFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("tocsin.schema.json");

    int code = Tocsin.commandLine().execute("config", "schema", "--out", file.toString());

    assertThat(code).isEqualTo(Tocsin.FINE);
    assertThat(JSON.readTree(file.toFile())).isEqualTo(JSON.readTree(document.toString()));
    Path nowhere = folder.resolve("no/such/folder/file.json");
    assertThat(Tocsin.commandLine().execute("config", "schema", "--out", nowhere.toString()))
        .isEqualTo(Tocsin.USAGE);
  }

  private static List<String> mistakes(String yaml) {
    return schema.validate(JSON.valueToTree(tree(yaml))).stream().map(Object::toString).toList();
  }

  private static Object tree(String yaml) {
    return new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }

  private static String resource(String name) throws Exception {
    try (var in = ConfigSchemaTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

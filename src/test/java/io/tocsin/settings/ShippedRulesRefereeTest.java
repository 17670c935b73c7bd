package io.tocsin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The shipped rules and their tests without what only Tocsin knows are plain Prometheus: promtool
 * itself takes and passes them. Skipped where promtool is not installed.
 */
class ShippedRulesRefereeTest {

  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final Path RULES = Path.of("alert-rules");
  private static final Set<String> ADDITIONS =
      Set.of("severity", "runbook", "no_data", "impact", "threshold");

  /** Prometheus ends an alert whose data vanish; that ours may keep it is ours alone. */
  private static final String ONLY_OURS = "keep it as it is";

  /**
   * Prometheus 2 counts the sample at the left end of a window, Prometheus 3 and we do not; this
   * test has one hour to each sample, so the alert begins to be pending an hour later there.
   */
  private static final String LATER_IN_PROMETHEUS_2 = "SignupsDropped: healthy";

  @TempDir static Path folder;

  @BeforeAll
  static void strip() throws IOException {
    assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed");
    for (Path file : files(RULES)) {
      write(file, plainRules(read(file)));
    }
    for (Path file : files(RULES.resolve("slo"))) {
      write(file, plainRules(read(file)));
    }
    for (Path file : files(RULES.resolve("tests"))) {
      write(file, plainTests(read(file)));
    }
  }

  @Test
  void promtoolTakesTheRules() throws Exception {
    var command = new ArrayList<>(List.of("check", "rules"));
    for (String sub : List.of("", "slo")) {
      files(folder.resolve("alert-rules").resolve(sub)).stream()
          .map(Path::toString)
          .filter(file -> !file.endsWith("objectives.yaml"))
          .forEach(command::add);
    }
    assertThat(command).hasSizeGreaterThan(15);
    promtool(command);
  }

  @Test
  void promtoolPassesTheirTests() throws Exception {
    var command = new ArrayList<>(List.of("test", "rules"));
    files(folder.resolve("alert-rules/tests")).forEach(file -> command.add(file.toString()));
    assertThat(command).hasSizeGreaterThan(20);
    promtool(command);
  }

  @Test
  void promtoolTakesAndPassesWhatWatchesTheWatchman() throws Exception {
    promtool(List.of("check", "rules", "prometheus/watchman.yml"));
    promtool(List.of("test", "rules", "prometheus/watchman.test.yml"));
  }

  private static void promtool(List<String> arguments) throws Exception {
    var command = new ArrayList<>(List.of(PROMTOOL.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
  }

  private static Map<?, ?> plainRules(Map<?, ?> file) {
    for (Object group : list(file, "groups")) {
      List<?> rules = list((Map<?, ?>) group, "rules");
      rules.removeIf(rule -> ((Map<?, ?>) rule).containsKey("drift"));
      rules.forEach(rule -> ((Map<?, ?>) rule).keySet().removeAll(ADDITIONS));
    }
    return file;
  }

  private static Map<?, ?> plainTests(Map<?, ?> file) {
    List<?> tests = list(file, "tests");
    tests.removeIf(test -> name(test).endsWith(ONLY_OURS));
    // Models as stated are ours alone, as drift rules are.
    tests.removeIf(test -> ((Map<?, ?>) test).containsKey("models"));
    tests.stream()
        .filter(test -> name(test).startsWith(LATER_IN_PROMETHEUS_2))
        .forEach(test -> ((Map<?, ?>) test).remove("promql_expr_test"));
    return file;
  }

  private static String name(Object test) {
    return String.valueOf(((Map<?, ?>) test).get("name"));
  }

  private static List<?> list(Map<?, ?> map, String key) {
    return map.get(key) instanceof List<?> list ? list : new ArrayList<>();
  }

  private static Map<?, ?> read(Path file) throws IOException {
    return (Map<?, ?>)
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
  }

  private static void write(Path file, Map<?, ?> content) throws IOException {
    Path target = folder.resolve(file.toString());
    Files.createDirectories(target.getParent());
    Files.writeString(target, new Dump(DumpSettings.builder().build()).dumpToString(content));
  }

  private static List<Path> files(Path of) throws IOException {
    try (Stream<Path> found = Files.list(of)) {
      return found.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}

package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Severity;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.RecordingRule;
import io.tocsin.rule.Rule;
import io.tocsin.runbook.Runbook;
import io.tocsin.settings.Durations;
import io.tocsin.settings.RuleFiles;
import io.tocsin.settings.RuleTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table in the README of each folder says what is in it. Written anew with {@code
 * -Dtocsin.tables=write}.
 */
class FolderTablesTest {

  private static final boolean WRITE = "write".equals(System.getProperty("tocsin.tables"));

  @Test
  void alertRules() throws IOException {
    var table = new StringBuilder();
    table.append("| alert | file | severity | when it fires | for | runbook |\n");
    table.append("|---|---|---|---|---|---|\n");
    for (Path file : ruleFiles()) {
      for (Rule rule : RuleFiles.read(file, RuleFiles.DEFAULT_INTERVAL).rules()) {
        switch (rule) {
          case AlertingRule alerting -> row(table, file, alerting.spec(), alerting.expr() + "");
          case DriftRule drift -> row(table, file, drift.spec(), drift.words());
          case RecordingRule recording -> {}
        }
      }
    }
    check(
        Path.of("alert-rules/README.md"),
        """
        # Alert rules

        One file per area, with tests beside in `tests/` that show each alert healthy, pending, firing, resolved and without data. Every alert has a severity, a runbook, what no data means (`no_data`), an owner label, and texts for people. A file is changed by copying it and naming yours under `rules:`; `rules replay FILE --from -7d` shows which pages a change adds and loses. `slo/` makes burn-rate alerts from objectives.

        """,
        table);
  }

  private static void row(StringBuilder table, Path file, AlertSpec spec, String when) {
    table.append(
        "| %s | %s | %s | `%s` | %s | [%s](../runbooks/%s.md) |\n"
            .formatted(
                spec.alertName(),
                Path.of("alert-rules").relativize(file),
                spec.severity().map(Severity::label).orElse(""),
                when.replace("|", "\\|"),
                Durations.print(spec.holdFor()),
                spec.runbook().orElse(""),
                spec.runbook().orElse("")));
  }

  @Test
  void runbooks() throws IOException {
    var table = new StringBuilder();
    table.append("| page | kind | severity | owner | boards | last reviewed |\n");
    table.append("|---|---|---|---|---|---|\n");
    for (Path file : sorted(Path.of("runbooks"), ".md")) {
      String name = file.getFileName().toString().replace(".md", "");
      if (!name.equals("README")) {
        Runbook page = Runbook.parse(name, Files.readString(file));
        table.append(
            "| [%s](%s.md) | %s | %s | %s | %s | %s |\n"
                .formatted(
                    name,
                    name,
                    page.playbook() ? "playbook" : "alert",
                    page.severity(),
                    page.owner(),
                    String.join(", ", page.dashboards()),
                    page.lastReviewed().map(Object::toString).orElse("never")));
      }
    }
    check(
        Path.of("runbooks/README.md"),
        """
        # Runbooks

        One page per alert and the playbooks, all with the same headings. Served at `/runbooks/NAME` with full-text search; the key `runbooks:` names the folder. A page that was not reviewed for 90 days is reported by `GET /api/v1/runbooks?stale=true`.

        """,
        table);
  }

  @Test
  void theWatchmansRulesPassTheirTests() {
    Path tests = Path.of("prometheus/watchman.test.yml");

    assertThat(RuleTests.run(tests).passed()).as("%s", RuleTests.run(tests)).isTrue();
  }

  private static void check(Path readme, String intro, StringBuilder table) throws IOException {
    if (WRITE) {
      Files.writeString(readme, intro + table);
    }
    assertThat(Files.readString(readme)).isEqualTo(intro + table);
  }

  private static List<Path> ruleFiles() throws IOException {
    return Stream.concat(
            sorted(Path.of("alert-rules"), ".yaml").stream(),
            Stream.of(Path.of("alert-rules/slo/rules.yaml")))
        .toList();
  }

  private static List<Path> sorted(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}

package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Severity;
import io.tocsin.grafana.Board;
import io.tocsin.grafana.Panel;
import io.tocsin.grafana.Variable;
import io.tocsin.grafana.board.Boards;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    table.append("| alert | file | severity | when it fires | threshold | for | runbook |\n");
    table.append("|---|---|---|---|---|---|---|\n");
    for (Path file : ruleFiles()) {
      Map<String, String> limits = limits(file);
      for (Rule rule : RuleFiles.read(file, RuleFiles.DEFAULT_INTERVAL).rules()) {
        switch (rule) {
          case AlertingRule alerting ->
              row(
                  table,
                  file,
                  alerting.spec(),
                  alerting.expr() + "",
                  limits.getOrDefault(alerting.name(), ""));
          case DriftRule drift -> row(table, file, drift.spec(), drift.words(), "in the rule");
          case RecordingRule recording -> {}
        }
      }
    }
    check(
        Path.of("alert-rules/README.md"),
        """
        # Alert rules

        One file per area, with tests beside in `tests/` that show each alert healthy, pending, firing, resolved and without data. Every alert has a severity, a runbook, what no data means (`no_data`), an owner label, and texts for people. A file is changed by copying it and naming yours under `rules:`; `rules replay FILE --from -7d` shows which pages a change adds and loses. `slo/` makes burn-rate alerts from objectives.

        A number in the column threshold is changed without touching the file, in `tocsin.yaml`: `thresholds: { HostCpuHigh: 0.95, CertificateExpiresSoon: 21d }`. The rule's key `threshold:` says which number of its expression that is; the expression stays plain Prometheus, so `promtool` takes the file once our additions (`severity`, `runbook`, `no_data`, `impact`, `threshold`, rules with `drift`) are taken out. Who exports the series is in [exporters.yaml](../prometheus/exporters.yaml). Files in this folder are rules; tests and objectives are beside them.

        """,
        table);
  }

  /** The number of each rule that {@code thresholds:} may change, by alert. */
  private static Map<String, String> limits(Path file) throws IOException {
    var limits = new HashMap<String, String>();
    Pattern.compile("- alert: (\\w+)\\n(?:(?!      - ).*\\n)*?        threshold: (\\S+)")
        .matcher(Files.readString(file))
        .results()
        .forEach(found -> limits.put(found.group(1), found.group(2)));
    return limits;
  }

  private static void row(
      StringBuilder table, Path file, AlertSpec spec, String when, String limit) {
    table.append(
        "| %s | %s | %s | `%s` | %s | %s | [%s](../runbooks/%s.md) |\n"
            .formatted(
                spec.alertName(),
                Path.of("alert-rules").relativize(file),
                spec.severity().map(Severity::label).orElse(""),
                when.replace("|", "\\|"),
                limit,
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
  void boards() throws IOException {
    var table = new StringBuilder();
    table.append("| board | what it shows | top row | panels | chooses by | runbooks |\n");
    table.append("|---|---|---|---|---|---|\n");
    for (Board board : Boards.ALL) {
      table.append(
          "| [%s](boards/%s) | %s | %s | %d | %s | %s |\n"
              .formatted(
                  board.title(),
                  board.file(),
                  board.about(),
                  board.top().stream().map(Panel::title).collect(Collectors.joining(", ")),
                  board.panels().size(),
                  Stream.concat(
                          Stream.of("component", "severity", "environment"),
                          board.variables().stream().map(Variable::id))
                      .collect(Collectors.joining(", ")),
                  board.panels().stream()
                      .flatMap(panel -> panel.runbooks().stream())
                      .distinct()
                      .sorted()
                      .map(name -> "[%s](../runbooks/%s.md)".formatted(name, name))
                      .collect(Collectors.joining(", "))));
    }
    check(
        Path.of("grafana/README.md"),
        """
        # Boards for Grafana

        Fifteen boards and three data sources. Into a running Grafana: `tocsin grafana install --url https://grafana.example.com --token TOKEN --tocsin http://tocsin:9110 --sql db:5432/tocsin` (again and again as you like; what is not ours is left alone without `--force`; a service account with the role Admin). By provisioning: `provisioning/` and `boards/`, with `tocsin grafana export --to boards --console https://tocsin.example.com` so that links lead to your console. `reader.sql` makes the role of the SQL panels, which sees no secrets.

        The boards are made from `src/main/java/io/tocsin/grafana/board`; a test proves that the files are up to date and `tocsin grafana export` writes them anew. Each is held against Grafana's published types: `schema/board.ts` names them, `npm install && npm run schema` in `schema/` derives `board.schema.json` (`@grafana/schema` 13.2.3). Another test asks every query of a running demo as Grafana does. No panel needs a plugin; the top row answers whether all is well; every panel says what it means, from where on it is bad, which runbook tells what to do, and why it may be empty. Incidents, deploys and (switched off at first) firing alerts are marked on every graph. `environment` is a label that your scrape configuration gives; incidents and alerts that carry none are shown whatever is chosen.

        """,
        table);
  }

  @Test
  void prometheus() throws IOException {
    var table = new StringBuilder();
    table.append("| alert | when it fires | for | what it says |\n|---|---|---|---|\n");
    for (Rule rule :
        RuleFiles.read(Path.of("prometheus/watchman.yml"), RuleFiles.DEFAULT_INTERVAL).rules()) {
      var alerting = (AlertingRule) rule;
      table.append(
          "| %s | `%s` | %s | %s |\n"
              .formatted(
                  rule.name(),
                  alerting.expr().toString().replace("|", "\\|"),
                  Durations.print(alerting.spec().holdFor()),
                  alerting.texts().annotations().get("summary").toString().replace("|", "\\|")));
    }
    check(
        Path.of("prometheus/README.md"),
        """
        # Prometheus beside Tocsin

        | file | what it is |
        |---|---|
        | [prometheus.yml](prometheus.yml) | scrapes Tocsin with a token file, writes samples to it, sends it alerts |
        | [watchman.yml](watchman.yml) | rules of an outside Prometheus: who watches the watchman ([tests](watchman.test.yml)) |
        | [alertmanager.yml](alertmanager.yml) | the outside Alertmanager: past Tocsin to a phone, and the dead man's switch into it |
        | [watchdog.yaml](watchdog.yaml) | the dead man's switch from Tocsin outwards, as rules of Tocsin |
        | [federation.yml](federation.yml) | federation: a Prometheus above others, of which Tocsin may be one, or Tocsin above them |
        | [exporters.yaml](exporters.yaml) | who exports which series that rules, boards and runbooks read |

        **Dead man's switch, both ways.** Inwards: `DeadMansSwitch` always fires, Alertmanager posts it every minute to `/heartbeat/TOKEN`, and when that is silent the heartbeat check goes DOWN and Tocsin pages. Outwards: Tocsin's `Watchdog` always fires and is delivered every two minutes; `TocsinWatchdogSilent` fires when the deliveries stop, `TocsinDown` when nothing answers. A test runs both with a real Prometheus and Alertmanager.

        ## What the outside rules say

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

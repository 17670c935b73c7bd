package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aGoodConfigurationIsFine() throws Exception {
    Files.writeString(folder.resolve("rules.yaml"), "groups: [{ name: g, rules: [] }]");

    int code =
        check(
            """
            auth: open
            rules: ['*.yaml']
            checks:
              - name: web
                http: { url: 'https://app.example.com/health' }
            receivers: [{ name: ops, webhook: { url: 'https://example.com/hook' } }]
            route: { receiver: ops }
            """,
            "tocsin.yml");

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("1 checks", "1 receivers: fine");
    assertThat(code).isZero();
  }

  @Test
  void aMistakeIsNamedWithItsPlaceAndTheNearestKey() throws Exception {
    int code =
        check(
            """
            checks:
              - name: web
                http: { url: 'https://app.example.com/' }
                intervall: 5s
            """,
            "tocsin.yml");

    assertThat(err.toString())
        .contains("tocsin.yml:4:5: checks[0]: found unknown key \"intervall\"")
        .contains("\"interval\"?")
        .doesNotContain("Exception");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void everyCommandAtEveryDepthSaysWhatItTakes() {
    explain(Tocsin.commandLine(), List.of());
    assertThat(err.toString()).isEmpty();
  }

  private void explain(CommandLine line, List<String> path) {
    for (String help : List.of("--help", "-h")) {
      out.getBuffer().setLength(0);
      var words = new ArrayList<>(path);
      words.add(help);
      int code =
          Tocsin.commandLine()
              .setOut(new PrintWriter(out, true))
              .setErr(new PrintWriter(err, true))
              .execute(words.toArray(String[]::new));
      assertThat(code).as(words + " " + err).isZero();
      assertThat(out.toString())
          .as(words.toString())
          .startsWith(("Usage: tocsin " + String.join(" ", path)).strip());
    }
    line.getSubcommands()
        .forEach(
            (name, sub) -> {
              var deeper = new ArrayList<>(path);
              deeper.add(name);
              explain(sub, deeper);
            });
  }

  @Test
  void aMistakeInARuleFileNamesThatFile() throws Exception {
    Files.writeString(
        folder.resolve("bad.yaml"),
        "groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: rate(x)\n");

    int code = check("rules: [bad.yaml]\n", "tocsin.yml");

    assertThat(err.toString()).contains("bad.yaml:5:").contains("groups[0].rules[0].expr");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void checksThatDependOnEachOtherInACircleAreRefused() throws Exception {
    int code =
        check(
            """
            checks:
              - { name: a, tcp: { address: '127.0.0.1:1' }, depends_on: [b] }
              - { name: b, tcp: { address: '127.0.0.1:1' }, depends_on: [a] }
            """,
            "tocsin.yml");

    assertThat(err.toString())
        .contains("tocsin.yml:2:3: checks: found checks depend on each other in a circle");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void aReceiverThatCannotBeReachedByItsAddressIsRefused() throws Exception {
    int code =
        check(
            "receivers: [{ name: ops, webhook: { url: nonsense } }]\nroute: { receiver: ops }\n",
            "tocsin.yml");

    assertThat(err.toString()).contains("receivers[0].webhook.url: found \"nonsense\"");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void rulesAreCheckedOneByOne() throws Exception {
    Path good = folder.resolve("good.yaml");
    Path bad = folder.resolve("bad.yaml");
    Files.writeString(good, "groups: [{ name: g, rules: [{ record: a, expr: up }] }]");
    Files.writeString(bad, "groups: [{ name: g, rules: [{ record: a, expr: '(' }] }]");

    int code = run("rules", "check", good.toString(), bad.toString());

    assertThat(out.toString()).contains("good.yaml: 1 rules: fine");
    assertThat(err.toString()).contains("bad.yaml:1:");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void aMissingConfigurationIsAnErrorOfUsage() {
    int code = run("serve", "--config", folder.resolve("none.yaml").toString());

    assertThat(err.toString()).contains("none.yaml").doesNotContain("\tat ");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void noCommandAtAllIsAnErrorOfUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("nonsense")).isEqualTo(2);
  }

  private int check(String configuration, String name) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, configuration);
    return run("config", "check", file.toString());
  }

  private int run(String... arguments) {
    return Tocsin.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}

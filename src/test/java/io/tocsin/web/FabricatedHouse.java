package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;

import io.tocsin.settings.Secrets;
import io.tocsin.settings.Section;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Yaml;
import io.tocsin.telemetry.SelfHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** A small configuration that was really read, whose file is bad by now. */
final class FabricatedHouse {

  private static final String FILE =
      """
      node: tocsin-1
      checks:
        - name: web-app
          http: { url: "https://ana:secret@app.example.com/health?key=1" }
      receivers:
        - name: ops
          pagerduty: { routing_key: R0123456789, url: "https://events.example.com/v2/enqueue" }
          webhook: { url: "${env:HOOK_URL}" }
      """;

  private FabricatedHouse() {}

  static HousePorts ports() {
    Section top =
        Yaml.read(
            FILE,
            "/etc/tocsin/tocsin.yaml",
            new Secrets(
                Map.of("HOOK_URL", "https://hidden.example.com/abc"), java.nio.file.Path.of(".")));
    top.string("node", "tocsin");
    top.string("evaluation_interval", "15s");
    for (Section check : top.sections("checks")) {
      check.string("name");
      check.part("http").string("url");
      check.duration("timeout", Duration.ofSeconds(10));
    }
    for (Section receiver : top.sections("receivers")) {
      receiver.string("name");
      receiver.part("pagerduty").string("routing_key");
      receiver.part("pagerduty").string("url");
      receiver.part("webhook").string("url");
    }
    var trouble = new AtomicReference<Optional<String>>(Optional.empty());
    return new HousePorts(
        () ->
            new HousePorts.Loaded(
                "/etc/tocsin/tocsin.yaml",
                NOW.minusSeconds(7200),
                "1 checks, 0 scrape jobs, 12 rules in 3 groups, 1 receivers: fine",
                trouble.get(),
                List.of("route: time interval \"nights\" is not used"),
                top.settings()),
        by -> {
          SettingsProblem problem = top.problem("node", "a name of another kind");
          trouble.set(Optional.of(String.valueOf(problem.getMessage())));
          throw problem;
        },
        () ->
            new AboutView(
                "1.0.0",
                "25+36",
                "tocsin-1",
                NOW.minusSeconds(200_000),
                3,
                true,
                "PostgreSQL 17 (embedded)",
                Optional.of(1_234_000_000L),
                List.of(
                    new AboutView.Queue("samples for the journal", "0"),
                    new AboutView.Queue("the journal is behind by", "0.012 s"),
                    new AboutView.Queue("messages to be sent", "2")),
                List.of(
                    new AboutView.Backup("backup of database", NOW.minusSeconds(1500)),
                    new AboutView.Backup("restore tried ", NOW.minusSeconds(800_000))),
                Licence.shipped(),
                new SelfHealth.Report(
                    "failing",
                    new TreeMap<>(
                        Map.of(
                            "database",
                            "ok",
                            "outbox",
                            "oldest message: found 400 s, expected at most 300 s")))));
  }
}

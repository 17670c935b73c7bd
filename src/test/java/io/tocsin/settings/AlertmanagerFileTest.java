package io.tocsin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.notify.GroupBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertmanagerFileTest {
  private static final Set<String> KINDS = Set.of("pagerduty", "webhook", "email", "slack");

  private static final String EXISTING =
      """
      global:
        resolve_timeout: 10m
        smtp_smarthost: mail.example.com:587
        smtp_from: alerts@example.com
        smtp_auth_username: alerts
        smtp_auth_password: hunter2
        slack_api_url: https://hooks.slack.example/T/B/x
      templates: ['templates/*.tmpl']
      route:
        receiver: team
        group_by: [alertname, cluster]
        routes:
          - matchers: ['severity="critical"']
            receiver: pager
            continue: true
          - match_re: { service: ^(foo1|foo2)$ }
            receiver: mail
            mute_time_intervals: [nights]
            routes:
              - match: { severity: critical }
                receiver: pager
                active_time_intervals: [office]
      time_intervals:
        - name: nights
          time_intervals: [{ times: [{ start_time: '22:00', end_time: '24:00' }] }]
      mute_time_intervals:
        - name: office
          time_intervals: [{ weekdays: ['monday:friday'] }]
      inhibit_rules:
        - source_matchers: [severity="critical"]
          target_matchers: [severity="warning"]
          equal: [alertname]
      receivers:
        - name: team
          slack_configs: [{ channel: '#ops', send_resolved: true }]
        - name: pager
          pagerduty_configs: [{ routing_key_file: pd.key }, { service_key: abc }]
          webhook_configs:
            - url: http://127.0.0.1:9/hook
              http_config: { authorization: { credentials: t0ken } }
        - name: mail
          email_configs: [{ to: 'a@example.com, b@example.com' }]
      """;

  @TempDir Path folder;

  private AlertmanagerFile read(String text) throws IOException {
    Path file = folder.resolve("alertmanager.yml");
    Files.writeString(file, text);
    Files.writeString(folder.resolve("pd.key"), "R0UT1NG\n");
    return AlertmanagerFile.read(file, Map.of(), KINDS);
  }

  @Test
  void anExistingFileIsReadAsItMeans() throws IOException {
    AlertmanagerFile file = read(EXISTING);
    assertThat(file.route().groupWait()).contains(Duration.ofSeconds(30));
    assertThat(file.route().groupBy()).contains(new GroupBy.Names(List.of("alertname", "cluster")));
    assertThat(file.route().routes()).hasSize(2);
    assertThat(file.route().routes().get(1).hours().mute().getFirst().name()).isEqualTo("nights");
    assertThat(file.route().routes().get(1).routes().getFirst().hours().active().getFirst().name())
        .isEqualTo("office");
    assertThat(file.inhibitions()).hasSize(1);
    assertThat(file.resolveTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(file.notes()).anyMatch(note -> note.endsWith("channel is not used"));
  }

  @Test
  void itsReceiversAreSaidInOurWords() throws IOException {
    List<Section> receivers = read(EXISTING).receivers();
    assertThat(receivers)
        .extracting(section -> section.string("name"))
        .containsExactly("team", "pager", "mail");
    assertThat(receivers.get(0).sections("slack").getFirst().string("url"))
        .isEqualTo("https://hooks.slack.example/T/B/x");
    assertThat(receivers.get(1).sections("pagerduty"))
        .extracting(section -> section.string("routing_key"))
        .containsExactly("R0UT1NG", "abc");
    assertThat(receivers.get(1).sections("webhook").getFirst().map("headers"))
        .containsEntry("Authorization", "Bearer t0ken");
    assertThat(receivers.get(2).sections("email").getFirst().strings("to"))
        .containsExactly("a@example.com", "b@example.com");
    Section smtp = read(EXISTING).smtp().orElseThrow();
    assertThat(smtp.string("host")).isEqualTo("mail.example.com");
    assertThat(smtp.integer("port", 0)).isEqualTo(587);
    assertThat(smtp.string("password")).isEqualTo("hunter2");
  }

  @Test
  void everyKindThatWeHaveIsSaidInOurWords() throws IOException {
    Path file = folder.resolve("more.yml");
    Files.writeString(
        file,
        """
        global: { opsgenie_api_key: og, telegram_api_url: https://t.example.com }
        route: { receiver: a }
        receivers:
          - name: a
            opsgenie_configs: [{ responders: [] }]
            msteams_configs: [{ webhook_url: https://one.example.com/ }]
            msteamsv2_configs: [{ webhook_url: https://two.example.com/ }]
            discord_configs: [{ webhook_url: https://d.example.com/ }]
            telegram_configs: [{ bot_token: bt, chat_id: -1 }]
            pushover_configs: [{ token: pt, user_key: pu }]
        """);
    Set<String> kinds = Set.of("opsgenie", "teams", "discord", "telegram", "pushover");
    Section a = AlertmanagerFile.read(file, Map.of(), kinds).receivers().getFirst();
    assertThat(a.sections("opsgenie").getFirst().string("api_key")).isEqualTo("og");
    assertThat(a.sections("teams")).hasSize(2);
    assertThat(a.sections("discord").getFirst().string("url")).isEqualTo("https://d.example.com/");
    assertThat(a.sections("telegram").getFirst().string("chat_id")).isEqualTo("-1");
    assertThat(a.sections("telegram").getFirst().string("url")).isEqualTo("https://t.example.com");
    assertThat(a.sections("pushover").getFirst().string("user")).isEqualTo("pu");
  }

  @Test
  void allReceiversThatCannotBeHadAreNamedTogether() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    route: { receiver: a }
                    receivers:
                      - name: a
                        victorops_configs: [{ api_key: x, routing_key: y }]
                        wechat_configs: [{}]
                      - name: b
                        webhook_configs: [{ url: http://x/, http_config: { proxy_url: http://p/ } }]
                        slack_configs: [{ api_url: http://x/, chanel: '#ops' }]
                    """))
        .hasMessageContaining("alertmanager.yml:4:")
        .hasMessageContaining("victorops_configs")
        .hasMessageContaining("wechat_configs")
        .hasMessageContaining("unknown key \"proxy_url\"")
        .hasMessageContaining("unknown key \"chanel\"")
        .hasMessageContaining(
            "receivers of the kinds email_configs, pagerduty_configs, slack_configs,"
                + " webhook_configs");
  }

  @Test
  void mistakesOfRoutesAreNamedWithTheirPlace() {
    assertThatThrownBy(() -> read("route: { receiver: nobody }\nreceivers: [{ name: a }]\n"))
        .hasMessageContaining("found \"nobody\", expected one of a");
    assertThatThrownBy(
            () ->
                read(
                    "route: { receiver: a, routes: [{ mute_time_intervals: [lunch] }] }\n"
                        + "receivers: [{ name: a }]\n"))
        .hasMessageContaining("found \"lunch\", expected a name under time_intervals");
    assertThatThrownBy(
            () ->
                read(
                    "route: { receiver: a, active_time_intervals: [x] }\n"
                        + "receivers: [{ name: a }]\n"))
        .hasMessageContaining("somebody must hear at any hour");
  }

  @Test
  void aFileIsToldFromOursByItsShape() {
    assertThat(AlertmanagerFile.looksLikeOne(text(EXISTING))).isTrue();
    assertThat(
            AlertmanagerFile.looksLikeOne(
                text("route: { receiver: a }\nreceivers: [{ name: a, slack: {} }]")))
        .isFalse();
  }

  private static Section text(String text) {
    return Yaml.read(text, "x.yml", Secrets.none());
  }
}

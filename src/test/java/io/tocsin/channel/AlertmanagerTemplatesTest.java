package io.tocsin.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.notify.Threads;
import io.tocsin.notify.Transition.Kind;
import io.tocsin.settings.AlertmanagerFile;
import io.tocsin.settings.SettingsProblem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates and {@code send_resolved} of a read alertmanager.yml, down to what a vendor gets. */
class AlertmanagerTemplatesTest {

  @TempDir private Path folder;
  private final ReceiverHarness harness = new ReceiverHarness();

  @BeforeEach
  void answer() {
    harness.vendor.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200).withBody("ok")));
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private Channels read(String slack) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("alertmanager.yml"),
            """
            templates: ['*.tmpl']
            route: { receiver: r }
            receivers:
              - name: r
                slack_configs:
                  - api_url: %s
            %s
            """
                .formatted(harness.vendor.baseUrl(), slack.indent(8)));
    AlertmanagerFile read = AlertmanagerFile.read(file, Map.of(), Channels.kinds());
    return Channels.read(
        read.receivers(),
        new Outside(
            harness.vertx,
            URI.create("http://console.test/"),
            () -> harness.now,
            Optional.empty(),
            Optional.empty(),
            Threads.inMemory()));
  }

  private static SendResult send(Channels channels, Message message) {
    return channels
        .byDestination()
        .get(message.destination())
        .send(message)
        .toCompletableFuture()
        .join();
  }

  @Test
  void aTemplateOfTheFilesIsFilledWithAlertmanagersData() throws Exception {
    Files.writeString(
        folder.resolve("own.tmpl"),
        """
        not shown: outside of a definition
        {{ define "own.text" }}{{ range .Alerts.Firing }}{{ .Labels.alertname }} since \
        {{ .StartsAt.Format "15:04" }} ({{ range .Labels.SortedPairs }}{{ .Name }};{{ end }}) \
        {{ end }}of {{ len .Alerts }} at {{ .ExternalURL }} \
        {{ .CommonLabels.SortedPairs.Names | join "," }} \
        {{ (.CommonLabels.Remove (stringSlice "alertname")).Names | join "," }}{{ end }}
        """);
    Channels channels =
        read(
            """
            title: '{{ template "slack.default.title" . }} to {{ .Receiver }}'
            text: '{{ template "own.text" . }}'
            """);
    Message message = ReceiverHarness.message("slack", Kind.OPENED);
    assertThat(send(channels, message)).isInstanceOf(SendResult.Delivered.class);
    String body = harness.requests(1).getFirst().getBodyAsString();
    String name = message.incident().alerts().getFirst().labels().get("alertname");
    assertThat(body)
        .contains("[FIRING:" + message.incident().alerts().size() + "] ", " to r")
        .contains(name + " since ", "(alertname;", "at http://console.test alertname,")
        .doesNotContain("not shown", "{{");
  }

  @Test
  void timesAreShownInAPlaceAndAsHowLongAgo() throws Exception {
    Channels channels =
        read(
            """
            title: 'x'
            text: '{{ with index .Alerts 0 }}{{ .StartsAt | tz "Europe/Paris" | date "15:04 MST -0700" }};\
             {{ .StartsAt | tz "Asia/Kathmandu" | date "2006-01-02T15:04Z07:00" }};\
             {{ .StartsAt | date "15:04 MST" }}; for {{ .StartsAt | since | humanizeDuration }}{{ end }}'
            """);
    Message message = ReceiverHarness.message("slack", Kind.OPENED);
    assertThat(send(channels, message)).isInstanceOf(SendResult.Delivered.class);
    Instant start = message.incident().alerts().getFirst().activeSince();
    String body = harness.requests(1).getFirst().getBodyAsString();
    var paris = start.atZone(ZoneId.of("Europe/Paris"));
    var nepal = start.atZone(ZoneId.of("Asia/Kathmandu"));
    String summer = paris.getOffset().getTotalSeconds() == 7200 ? " CEST +0200" : " CET +0100";
    assertThat(body)
        .contains(paris.toLocalTime().toString().substring(0, 5) + summer)
        .contains(nepal.toLocalDateTime().toString().substring(0, 16) + "+05:45")
        .contains(start.toString().substring(11, 16) + " UTC; for ");
  }

  @Test
  void anUnknownPlaceIsReplacedByOurWordsAndThePageGoesOut() throws Exception {
    Channels channels =
        read("text: '{{ (index .Alerts 0).StartsAt | tz \"Mars\" | date \"15:04\" }} here'");
    assertThat(send(channels, ReceiverHarness.message("slack", Kind.OPENED)))
        .isInstanceOf(SendResult.Delivered.class);
    assertThat(harness.requests(1).getFirst().getBodyAsString()).doesNotContain(" here");
  }

  @Test
  void endsAreToldOnlyWhereAlertmanagerWouldTellThem() throws Exception {
    Message end = ReceiverHarness.message("slack", Kind.RESOLVED);
    assertThat(send(read("channel: '#ops'"), end))
        .isEqualTo(new SendResult.Delivered("not sent: send_resolved is false"));
    assertThat(send(read("send_resolved: true"), end)).isInstanceOf(SendResult.Delivered.class);
    harness.requests(1);
  }

  @Test
  void anUnknownNameAndAMalformedFileAreErrorsWithTheirPlace() throws Exception {
    assertThatThrownBy(() -> read("title: '{{ template \"slack.other\" . }}'"))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining("alertmanager.yml:7")
        .hasMessageContaining("no template \"slack.other\"");
    assertThatThrownBy(() -> read("title: '{{ nonsense . }}'"))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining("nonsense");
    Files.writeString(folder.resolve("bad.tmpl"), "{{ define \"x\" }}");
    assertThatThrownBy(() -> read("channel: x"))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining("bad.tmpl");
  }
}

package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.check.Cause;
import io.tocsin.check.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsProbeTest {

  private static ProbeHarness harness;
  private static int port;

  @BeforeAll
  static void serve() throws Exception {
    harness = new ProbeHarness();
    port =
        TinyDnsServer.start(
            harness.vertx,
            Map.of(
                "A example.test",
                List.of(TinyDnsServer.address("192.0.2.1"), TinyDnsServer.address("192.0.2.2")),
                "AAAA example.test",
                List.of(TinyDnsServer.address("2001:db8::1")),
                "CNAME www.example.test",
                List.of(TinyDnsServer.name("example.test")),
                "MX example.test",
                List.of(TinyDnsServer.exchange(10, "mail.example.test")),
                "TXT example.test",
                List.of(TinyDnsServer.text("v=spf1 -all")),
                "NS example.test",
                List.of(TinyDnsServer.name("ns1.example.test")),
                "A empty.test",
                List.of()));
  }

  @AfterAll
  static void close() throws Exception {
    harness.close();
  }

  private static Finding ask(String settings) throws Exception {
    return harness.ask(
        "timeout: 5s\ndns: {resolver: '127.0.0.1:%d', %s}".formatted(port, settings));
  }

  @ParameterizedTest
  @CsvSource({
    "A, example.test, 192.0.2.2",
    "AAAA, example.test, 2001:DB8:0:0::1",
    "CNAME, www.example.test, Example.test.",
    "MX, example.test, 10 mail.example.test",
    "TXT, example.test, v=spf1 -all",
    "NS, example.test, ns1.example.test.",
  })
  void findsTheExpectedAnswer(String type, String name, String expect) throws Exception {
    Finding finding =
        ask("type: %s, name: %s, expect: '%s'".formatted(type.toLowerCase(), name, expect));

    assertThat(finding.detail()).startsWith(type + " " + name + ": ");
    assertThat(finding.outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void namesTheAnswerThatIsMissing() throws Exception {
    Finding finding = ask("name: example.test, expect: [192.0.2.1, 192.0.2.9]");

    assertThat(finding.cause())
        .contains(Cause.target("A example.test: found [192.0.2.1, 192.0.2.2], expected 192.0.2.9"));
    assertThat(finding.readings()).containsExactly(Reading.of("probe_dns_answer_rrs", 2));
  }

  @Test
  void aNameThatIsNotThereIsAFailure() throws Exception {
    assertThat(ask("name: nowhere.test").cause())
        .contains(Cause.target("A nowhere.test: NXDOMAIN"));
    assertThat(ask("name: empty.test").cause())
        .contains(Cause.target("A empty.test: no such record"));
  }

  @Test
  void aSilentResolverUnderTestHasFailed() throws Exception {
    Finding finding =
        harness.ask(
            "timeout: 200ms\ndns: {resolver: '127.0.0.1:%d', name: silent.test}".formatted(port));

    assertThat(finding.outcome()).isEqualTo(Outcome.FAILURE);
  }
}

package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.check.Cause;
import io.tocsin.check.Outcome;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsProbeTest {

  @TempDir private static Path directory;
  private static TestCertificates certificates;
  private static ProbeHarness harness;
  private static int valid;
  private static int ended;

  @BeforeAll
  static void serve() throws Exception {
    harness = new ProbeHarness();
    certificates = new TestCertificates(directory);
    certificates.make("valid", 30, "-1d");
    certificates.make("ended", 5, "-10d");
    valid = serve("valid");
    ended = serve("ended");
  }

  private static int serve(String name) throws Exception {
    return harness.serve(
        new HttpServerOptions().setSsl(true).setKeyCertOptions(certificates.keys(name)),
        request -> request.response().end("ok"));
  }

  @AfterAll
  static void close() throws Exception {
    harness.close();
  }

  private static Finding ask(int port, String more) throws Exception {
    return harness.ask("timeout: 10s\ntls: {address: '127.0.0.1:%d', %s}".formatted(port, more));
  }

  private static String trusting(String name) {
    return "ca_file: " + certificates.pem(name);
  }

  @Test
  void aValidCertificateOfATrustedAuthorityIsASuccess() throws Exception {
    Finding finding = ask(valid, trusting("valid"));

    assertThat(finding.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(finding.tlsExpiry().orElseThrow())
        .isBetween(
            Instant.now().plus(Duration.ofDays(28)), Instant.now().plus(Duration.ofDays(30)));
    assertThat(finding.detail()).isEqualTo("certificate ends in 28 days");
  }

  @Test
  void aCertificateThatEndsSoonIsDegraded() throws Exception {
    Finding finding = ask(valid, trusting("valid") + ", warn_before: 40d");

    assertThat(finding.outcome()).isEqualTo(Outcome.DEGRADED);
    assertThat(finding.cause()).contains(Cause.target("certificate ends in 28 days"));
  }

  @Test
  void aCertificateNobodyVouchesForIsAFailure() throws Exception {
    assertThat(ask(valid, trusting("ended")).outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(ask(valid, "warn_before: 14d").detail()).contains("certificat");
  }

  @Test
  void aCertificateThatHasEndedIsAFailureAlsoWhenAnyIsTrusted() throws Exception {
    Finding finding = ask(ended, "insecure: true");

    assertThat(finding.outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(finding.detail()).startsWith("certificate ended ");
    assertThat(finding.tlsExpiry()).isPresent();
  }

  @Test
  void anHttpsCheckReadsTheExpiryOnItsOwnConnection() throws Exception {
    String yaml = "timeout: 10s\nhttp: {url: 'https://127.0.0.1:%d/', tls: {%s%s}}";

    Finding fine = harness.ask(yaml.formatted(valid, trusting("valid"), ""));
    Finding soon = harness.ask(yaml.formatted(valid, trusting("valid"), ", warn_before: 60d"));

    assertThat(fine.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(fine.tlsExpiry()).isPresent();
    assertThat(HttpProbeTest.phases(fine))
        .as("connect and tls cannot be told apart here, so neither is said")
        .containsExactly("processing", "transfer");
    assertThat(soon.outcome()).isEqualTo(Outcome.DEGRADED);
    assertThat(harness.ask(yaml.formatted(ended, trusting("ended"), "")).outcome())
        .isEqualTo(Outcome.FAILURE);
  }

  @Test
  void aServerThatAsksForACertificateIsShownOurs() throws Exception {
    int strict =
        harness.serve(
            new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(certificates.keys("valid"))
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(
                    new PemTrustOptions().addCertPath(certificates.pem("valid").toString())),
            request -> request.response().end("ok"));
    String yaml = "timeout: 10s\nhttp: {url: 'https://127.0.0.1:%d/', tls: {%s%s}}";
    String own =
        ", cert_file: '%s', key_file: '%s'"
            .formatted(certificates.pem("valid"), certificates.key("valid"));

    Finding known = harness.ask(yaml.formatted(strict, trusting("valid"), own));
    Finding stranger = harness.ask(yaml.formatted(strict, trusting("valid"), ""));

    assertThat(known.outcome()).as(known.detail()).isEqualTo(Outcome.SUCCESS);
    assertThat(stranger.outcome()).isEqualTo(Outcome.FAILURE);
    assertThatThrownBy(
            () -> harness.ask(yaml.formatted(strict, trusting("valid"), ", key_file: /nowhere")))
        .hasMessageContaining("key_file: found \"/nowhere\", expected a readable file of PEM");
  }
}

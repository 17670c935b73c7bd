package io.tocsin.source;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.NoData;
import io.tocsin.label.Labels;
import io.tocsin.probe.TestCertificates;
import io.tocsin.promql.Parser;
import io.tocsin.promql.QueryProblem;
import io.tocsin.promql.Value;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.InstantQueries.Answer;
import io.tocsin.rule.RuleEvaluator;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.Site;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Yaml;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteQueriesTest {
  private static final long TIME = 1_700_000_000_500L;
  private static final String QUERY = "/prometheus/api/v1/query";
  private static final String ONE =
      """
      {"status":"success","data":{"resultType":"vector","result":[
        {"metric":{"__name__":"up","job":"a"},"value":[1700000000.5,"+Inf"]}]}}
      """;
  private static final String NONE =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";

  @RegisterExtension
  private final WireMockExtension server =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  private SourceSpec source(String more) {
    String yaml =
        "sources: [{name: mimir, url: '%s/prometheus/'%s}]".formatted(server.baseUrl(), more);
    return SourceSpec.readAll(
            Yaml.read(yaml, "tocsin.yaml", new Secrets(Map.of("T", "s3cret"), Path.of("."))))
        .getFirst();
  }

  private void answers(ResponseDefinitionBuilder answer) {
    server.stubFor(post(QUERY).willReturn(answer));
  }

  private Answer ask(SourceSpec source, String expression) {
    try (var queries = new RemoteQueries(source)) {
      return queries.ask(Parser.parse(expression), TIME);
    }
  }

  @Test
  void asksAsPrometheusClientsDoAndProvesItself() {
    answers(aResponse().withBody(ONE));

    Answer answer =
        ask(source(", bearer_token: '${env:T}', headers: {X-Scope-OrgID: team}"), "up > 1");

    assertThat(answer.samples())
        .containsExactly(
            new Value.Sample(
                Labels.from(Map.of("__name__", "up", "job", "a")), TIME, Double.POSITIVE_INFINITY));
    server.verify(
        postRequestedFor(urlEqualTo(QUERY))
            .withHeader("Authorization", equalTo("Bearer s3cret"))
            .withHeader("X-Scope-OrgID", equalTo("team"))
            .withRequestBody(containing("query=up+%3E+1"))
            .withRequestBody(containing("time=1700000000.500")));
  }

  @Test
  void basicAuthenticationIsSentAndNeverShown() {
    answers(aResponse().withBody(ONE));
    SourceSpec source = source(", basic_auth: {username: u, password: '${env:T}'}");

    ask(source, "up");

    assertThat(source.toString()).doesNotContain("s3cret").doesNotContain("Basic");
    server.verify(
        postRequestedFor(urlEqualTo(QUERY))
            .withHeader("Authorization", equalTo("Basic dTpzM2NyZXQ=")));
  }

  @Test
  void whatTheSourceDoesNotHaveIsNoData() {
    answers(aResponse().withBody(NONE));
    assertThat(ask(source(""), "up > 1").metNothing()).isTrue();

    server.stubFor(
        post(QUERY)
            .withRequestBody(containing("count%28last_over_time"))
            .willReturn(aResponse().withBody(ONE)));
    assertThat(ask(source(""), "up > 1").metNothing()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      value = {
        "422 ¦ {\"status\":\"error\",\"error\":\"too many samples\"} ¦ answered 422: too many"
            + " samples",
        "500 ¦ <html> ¦ answered 500 and no JSON",
        "302 ¦ {} ¦ answered 302",
        "200 ¦ {\"status\":\"success\",\"data\":{\"resultType\":\"matrix\"}} ¦ answered a matrix",
        "200 ¦ {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{}]}} ¦"
            + " a sample without a number",
      })
  void whatIsNoAnswerIsAProblemThatNamesTheSource(int status, String body, String problem) {
    answers(aResponse().withStatus(status).withBody(body).withHeader("Location", "/elsewhere"));

    assertThatThrownBy(() -> ask(source(""), "up"))
        .isInstanceOf(QueryProblem.class)
        .hasMessageStartingWith("source mimir: ")
        .hasMessageContaining(problem);
  }

  @Test
  void aSilentSourceIsWaitedForOnceInARoundOfRules() {
    answers(aResponse().withBody(ONE).withFixedDelay(2_000));

    try (var queries = new RemoteQueries(source(", timeout: 200ms"))) {
      assertThatThrownBy(() -> queries.ask(Parser.parse("up"), TIME))
          .hasMessageContaining("no answer within 0.2 s");
      assertThatThrownBy(() -> queries.ask(Parser.parse("up"), TIME))
          .hasMessageContaining("did not answer a moment ago");
    }
    server.verify(1, postRequestedFor(urlEqualTo(QUERY)));
  }

  @Test
  void aFailureIsUnknownSoThatTheAlertStaysAsItIs() {
    answers(aResponse().withStatus(503));
    var spec =
        new AlertSpec(
            "id",
            "Down",
            Duration.ZERO,
            Duration.ZERO,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            NoData.PROMETHEUS);
    var group =
        new RuleGroup(
            "f",
            "g",
            Duration.ofMinutes(1),
            Duration.ZERO,
            0,
            Optional.of("mimir"),
            List.of(AlertingRule.of(spec, "up == 0", Map.of(), Map.of())));
    try (var queries = new RemoteQueries(source(""))) {
      Evaluation evaluation =
          new RuleEvaluator(queries, Site.NONE)
              .evaluate(group, (AlertingRule) group.rules().getFirst(), Instant.ofEpochMilli(TIME));

      assertThat(evaluation.outcome()).isInstanceOf(Evaluation.Outcome.Unknown.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "{name: a, url: 'ftp://x'} ¦ an address such as",
        "{name: a, url: 'https://u:p@x'} ¦ an address such as",
        "{name: a, url: 'https://x', timeout: 0s} ¦ a duration above 0s",
        "{name: a, url: 'https://x', bearer_token: t, basic_auth: {username: u, password: p}} ¦"
            + " one of the two",
        "{name: a, url: 'https://x', bearer_token: t, bearer_token_file: f} ¦ one of the two",
        "{name: a, url: 'https://x', bearer_token_file: /nowhere} ¦ a readable file",
        "{name: a, url: 'https://x', tmeout: 5s} ¦ \"timeout\"?",
      })
  void mistakesAreNamed(String source, String expected) {
    assertThatThrownBy(
            () ->
                SourceSpec.readAll(
                    Yaml.read("sources: [" + source + "]", "tocsin.yaml", Secrets.none())))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining(expected);
  }

  @Test
  void overTlsOnlyWhoIsTrustedIsAsked(@TempDir Path folder) throws Exception {
    var certificates = new TestCertificates(folder);
    certificates.make("mine", 10, "-1d");
    certificates.make("other", 10, "-1d");
    WireMockServer secure = secure(certificates, "mine");
    try {
      String trusted = ", tls: {ca_file: '%s'}".formatted(certificates.pem("mine"));
      String stranger = ", tls: {ca_file: '%s'}".formatted(certificates.pem("other"));

      assertThat(ask(tls(secure, trusted), "up").samples()).hasSize(1);
      assertThat(ask(tls(secure, ", tls: {insecure: true}"), "up").samples()).hasSize(1);
      for (String untrusted : List.of("", stranger)) {
        assertThatThrownBy(() -> ask(tls(secure, untrusted), "up"))
            .isInstanceOf(QueryProblem.class)
            .hasMessageContaining("mimir")
            .hasMessageContaining("PKIX path");
      }
      secure.verify(2, postRequestedFor(urlEqualTo("/api/v1/query")));
    } finally {
      secure.stop();
    }
  }

  @Test
  void aSourceThatAsksForACertificateIsShownOurs(@TempDir Path folder) throws Exception {
    var certificates = new TestCertificates(folder);
    certificates.make("server", 10, "-1d");
    certificates.make("me", 10, "-1d");
    certificates.makeRsa("rsa");
    certificates.make("stranger", 10, "-1d");
    Path known = Files.writeString(folder.resolve("known.pem"), "");
    for (String one : List.of("me", "rsa")) {
      Files.writeString(known, Files.readString(certificates.pem(one)), StandardOpenOption.APPEND);
    }
    WireMockServer secure =
        secure(
            certificates,
            "server",
            options()
                .needClientAuth(true)
                .trustStorePath(trustStore(folder, known).toString())
                .trustStoreType("PKCS12")
                .trustStorePassword(TestCertificates.password()));
    try {
      String trusted = ", tls: {ca_file: '%s'".formatted(certificates.pem("server"));
      for (Path key : List.of(certificates.key("me"), certificates.oldKey("me"))) {
        assertThat(ask(tls(secure, own(trusted, certificates, "me", key)), "up").samples())
            .as(key.toString())
            .hasSize(1);
      }
      for (Path key : List.of(certificates.key("rsa"), certificates.oldKey("rsa"))) {
        assertThat(ask(tls(secure, own(trusted, certificates, "rsa", key)), "up").samples())
            .as(key.toString())
            .hasSize(1);
      }
      String insecure = own(", tls: {insecure: true", certificates, "me", certificates.key("me"));
      assertThat(ask(tls(secure, insecure), "up").samples()).hasSize(1);
      String other = own(trusted, certificates, "stranger", certificates.key("stranger"));
      for (String refused : List.of(trusted + "}", other)) {
        assertThatThrownBy(() -> ask(tls(secure, refused), "up"))
            .isInstanceOf(QueryProblem.class)
            .hasMessageContaining("source mimir: cannot be asked: ");
      }
      secure.verify(5, postRequestedFor(urlEqualTo("/api/v1/query")));
    } finally {
      secure.stop();
    }
  }

  private static String own(String tls, TestCertificates certificates, String name, Path key) {
    return tls + ", cert_file: '%s', key_file: '%s'}".formatted(certificates.pem(name), key);
  }

  private static Path trustStore(Path folder, Path certificates) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(certificates)) {
      for (var one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("ca" + store.size(), one);
      }
    }
    Path file = folder.resolve("trusted.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, TestCertificates.password().toCharArray());
    }
    return file;
  }

  @Test
  void aFileThatHoldsNoCertificateOrKeyIsAMistakeOfTheConfiguration(@TempDir Path folder)
      throws Exception {
    var certificates = new TestCertificates(folder);
    certificates.make("me", 10, "-1d");
    Path text = Files.writeString(folder.resolve("text"), "nothing\n");
    Path encrypted =
        Files.writeString(
            folder.resolve("encrypted"),
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    String secret = "[{name: m, url: 'https://x', tls: {cert_file: '%s', key_file: '%s'}}]";
    for (Path key : List.of(text, encrypted, certificates.pem("me"), folder.resolve("none"))) {
      assertThatThrownBy(() -> new RemoteQueries(read(secret, certificates.pem("me"), key)))
          .hasMessage("source m: key_file: expected a private key in PEM, not encrypted");
    }
    assertThatThrownBy(() -> new RemoteQueries(read(secret, text, certificates.key("me"))))
        .hasMessage("source m: cert_file: expected a file of PEM certificates");
    assertThatThrownBy(
            () -> read("[{name: m, url: 'https://x', tls: {cert_file: '%s'}}]", text, text))
        .hasMessageContaining("key_file: found nothing, expected a certificate and its key");
  }

  private static SourceSpec read(String sources, Path first, Path second) {
    String yaml = "sources: " + sources.formatted(first, second);
    return SourceSpec.readAll(Yaml.read(yaml, "tocsin.yaml", Secrets.none())).getFirst();
  }

  private static WireMockServer secure(TestCertificates certificates, String name) {
    return secure(certificates, name, options());
  }

  private static WireMockServer secure(
      TestCertificates certificates, String name, WireMockConfiguration options) {
    var secure =
        new WireMockServer(
            options
                .dynamicHttpsPort()
                .httpDisabled(true)
                .keystorePath(certificates.store(name).toString())
                .keystoreType("PKCS12")
                .keystorePassword(TestCertificates.password())
                .keyManagerPassword(TestCertificates.password()));
    secure.start();
    secure.stubFor(post("/api/v1/query").willReturn(aResponse().withBody(ONE)));
    return secure;
  }

  private static SourceSpec tls(WireMockServer server, String more) {
    String yaml =
        "sources: [{name: mimir, url: 'https://localhost:%d'%s}]"
            .formatted(server.httpsPort(), more);
    return SourceSpec.readAll(Yaml.read(yaml, "tocsin.yaml", Secrets.none())).getFirst();
  }

  @Test
  void aSourceIsTheSameAsLongAsNothingOfItChanges() {
    try (var queries = new RemoteQueries(source(", timeout: 5s"))) {
      assertThat(queries.asks(source(", timeout: 5s"))).isTrue();
      assertThat(queries.asks(source(", timeout: 6s"))).isFalse();
      assertThat(queries.asks(source(", timeout: 5s, bearer_token: '${env:T}'"))).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "g > 1, true",
    "b > 1 or g > 1, false",
    "b / g > 1, false",
    "b > 1 unless g > 1, false",
    "b > 1 and g > 1, true",
    "g > 1 and b > 1, true",
    "(b > 1) and (b > 1 and on () g > 1), true",
    "b > 1 and b > 1, false",
    "b > 1 and (b > 1 or g > 1), false",
    "vector(1) > 2, false"
  })
  void oneBlindSideBlindsAnAndAsWithSeriesOfOurOwn(String expr, boolean blind) {
    answers(aResponse().withBody(NONE));
    server.stubFor(
        post(QUERY)
            .withRequestBody(containing("count%28last_over_time%28%7B__name__%3D%22b%22"))
            .willReturn(aResponse().withBody(ONE)));

    assertThat(ask(source(""), expr).metNothing()).isEqualTo(blind);
  }

  @Test
  void aRotatedFileOfAuthoritiesIsAnotherSourceAndOneThatStaysIsNot(@TempDir Path folder)
      throws Exception {
    var certificates = new TestCertificates(folder);
    certificates.make("old", 10, "-1d");
    certificates.make("new", 10, "-1d");
    Path trusted = Files.copy(certificates.pem("old"), folder.resolve("ca.pem"));
    WireMockServer secure = secure(certificates, "new");
    try {
      SourceSpec source = tls(secure, ", tls: {ca_file: '%s'}".formatted(trusted));
      try (var before = new RemoteQueries(source)) {
        assertThatThrownBy(() -> before.ask(Parser.parse("up"), TIME))
            .hasMessageContaining("PKIX path");
        assertThat(before.asks(source)).isTrue();

        Files.copy(certificates.pem("new"), trusted, StandardCopyOption.REPLACE_EXISTING);

        assertThat(before.asks(source)).isFalse();
        assertThat(ask(source, "up").samples()).hasSize(1);
      }
    } finally {
      secure.stop();
    }
  }

  @Test
  void aTokenInAFileIsReadWithEachConfiguration(@TempDir Path folder) throws Exception {
    answers(aResponse().withBody(ONE));
    Path token = Files.writeString(folder.resolve("token"), "first\n");
    String more = ", bearer_token_file: '%s'".formatted(token);
    try (var queries = new RemoteQueries(source(more))) {
      assertThat(queries.asks(source(more))).isTrue();
      Files.writeString(token, "second\n");
      assertThat(queries.asks(source(more))).isFalse();
    }
    ask(source(more), "up");
    server.verify(
        postRequestedFor(urlEqualTo(QUERY)).withHeader("Authorization", equalTo("Bearer second")));
  }
}

package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Role;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessSettingsTest {

  private static AccessSettings read(String yaml) {
    return AccessSettings.read(
        Yaml.read(yaml, "tocsin.yaml", new Secrets(Map.of("S", "s3cret"), Path.of("."))));
  }

  @Test
  void aWordIsEnough() {
    assertThat(read("").policy()).isEqualTo(AccessPolicy.TOKENS);
    assertThat(read("auth: open").policy()).isEqualTo(AccessPolicy.OPEN);
    assertThat(read("auth: people").passwords()).isTrue();
    assertThat(read("auth: {users: true, tokens: false}").policy())
        .isEqualTo(AccessPolicy.PEOPLE_ONLY);
  }

  @Test
  void theIdentityProviderIsReadWithItsGroups() {
    AccessSettings settings =
        read(
            """
            auth:
              users: true
              session: {idle: 1h, absolute: 1d}
              proxies: [10.0.0.0/8]
              secure_cookies: true
              oidc:
                issuer: https://id.example.com/realms/main
                client_id: tocsin
                client_secret: ${env:S}
                groups_claim: realm_access.roles
                roles: {sre: responder, boss: admin, press: communicator}
            """);
    var oidc = settings.oidc().orElseThrow();
    assertThat(settings.policy()).isEqualTo(AccessPolicy.PEOPLE);
    assertThat(settings.life().idle()).isEqualTo(Duration.ofHours(1));
    assertThat(oidc.clientSecret()).isEqualTo("s3cret");
    assertThat(oidc.toString()).doesNotContain("s3cret");
    assertThat(oidc.role(List.of("press", "boss", "x"))).contains(Role.ADMIN);
    assertThat(oidc.role(List.of("x"))).isEmpty();
    assertThat(oidc.scopes()).contains("openid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auth: pepole | auth: found \"pepole\"",
        "auth: {users: false, tokens: false} | no way in",
        "auth: {user: true, users: true} | expected \"users\"",
        "auth: {users: true, session: {idle: 2d, absolute: 1d}} | auth.session.idle",
        "auth: {users: true, proxies: [proxy.example.com]} | auth.proxies",
        "auth: {oidc: {issuer: 'http://id.example.com', client_id: a, client_secret: b,"
            + " default_role: viewer}} | auth.oidc.issuer",
        "auth: {oidc: {issuer: 'https://id.example.com', client_id: a, default_role: viewer}} |"
            + " auth.oidc.client_secret",
        "auth: {oidc: {issuer: 'https://id.example.com', client_id: a, client_secret: b}} |"
            + " auth.oidc.roles",
        "auth: {oidc: {issuer: 'https://id.example.com', client_id: a, client_secret: b, roles:"
            + " {sre: boss}}} | auth.oidc.roles.sre",
      })
  void mistakesAreNamedWithTheirPlace(String yaml, String words) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining(words)
        .hasMessageContaining("tocsin.yaml:1");
  }
}

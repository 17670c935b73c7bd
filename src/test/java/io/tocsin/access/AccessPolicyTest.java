package io.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.access.AccessPolicy.Admitted;
import io.tocsin.access.AccessPolicy.Decision;
import io.tocsin.access.AccessPolicy.Refused;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final MemoryTokenStore store = new MemoryTokenStore();
  private final TokenText text = TokenText.mint(new SecureRandom());

  @ParameterizedTest
  @CsvSource({
    "ADMIN, INGEST, true",
    "ADMIN, RESPOND, true",
    "RESPOND, READ, true",
    "RESPOND, INGEST, false",
    "READ, RESPOND, false",
    "INGEST, READ, false",
    "READ, ADMIN, false"
  })
  void aScopeImpliesWhatItShould(Scope held, Scope required, boolean allowed) {
    assertThat(Scope.allows(Set.of(held), required)).isEqualTo(allowed);
  }

  @Test
  void aKnownTokenIsAdmittedWithItsScopes() {
    keep(Optional.empty());
    assertThat(decide(text.reveal()))
        .isEqualTo(new Admitted(new Principal("ci", text.id(), Set.of(Scope.READ))));
  }

  @Test
  void aTokenIsGoodUntilTheInstantItExpires() {
    keep(Optional.of(NOW.plusSeconds(1)));
    assertThat(decide(text.reveal())).isInstanceOf(Admitted.class);
    assertThat(
            AccessPolicy.TOKENS.decide(Optional.of(text.reveal()), store::find, NOW.plusSeconds(1)))
        .isEqualTo(new Refused("the token has expired"));
  }

  @Test
  void aWrongSecretAndAnUnknownIdAreRefusedAlike() {
    keep(Optional.empty());
    String wrongSecret = "tcs_" + text.id() + "_" + "0".repeat(64);
    String unknownId = "tcs_00000000_" + "0".repeat(64);
    assertThat(decide(wrongSecret)).isEqualTo(decide(unknownId)).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "tcs_x_y", "TCS_00000000_00"})
  void whatIsNoTokenIsRefused(String presented) {
    assertThat(decide(presented)).isInstanceOf(Refused.class);
  }

  @Test
  void nobodyIsRefusedWhereTokensAreNeededAndLocalWhereAccessIsOpen() {
    assertThat(AccessPolicy.TOKENS.decide(Optional.empty(), store::find, NOW))
        .isInstanceOf(Refused.class);
    assertThat(AccessPolicy.OPEN.decide(Optional.empty(), store::find, NOW))
        .isEqualTo(new Admitted(Principal.LOCAL));
  }

  @Test
  void aListenerOthersReachIsNotLeftUnguarded() {
    assertThatThrownBy(() -> AccessPolicy.OPEN.guard("0.0.0.0:9110", false, true))
        .hasMessageContaining("0.0.0.0:9110")
        .hasMessageContaining("expected auth: tokens");
    assertThatThrownBy(() -> AccessPolicy.TOKENS.guard("0.0.0.0:9110", false, false))
        .hasMessageContaining("no token yet");
    AccessPolicy.TOKENS.guard("0.0.0.0:9110", false, true);
    AccessPolicy.OPEN.guard("127.0.0.1:9110", true, false);
  }

  @Test
  void aSecretIsNeverPrintedAndItsHashSurvivesStoring() {
    assertThat(text.toString()).doesNotContain(text.reveal().substring(13));
    ApiToken token = keep(Optional.empty());
    assertThat(token.toString()).doesNotContain(token.hash().hex());
    assertThat(TokenHash.fromHex(token.hash().hex())).isEqualTo(text.hash());
    assertThat(TokenText.parse(text.reveal()).orElseThrow().hash()).isEqualTo(text.hash());
  }

  @Test
  void aTokenNeedsANameAndAScope() {
    assertThatThrownBy(() -> ApiToken.of(text, " ", Set.of(Scope.READ), NOW, Optional.empty()))
        .hasMessageContaining("expected a name");
    assertThatThrownBy(() -> ApiToken.of(text, "ci", Set.of(), NOW, Optional.empty()))
        .hasMessageContaining("at least one scope");
  }

  private ApiToken keep(Optional<Instant> expires) {
    ApiToken token = ApiToken.of(text, "ci", Set.of(Scope.READ), NOW, expires);
    store.add(token);
    return token;
  }

  private Decision decide(String presented) {
    return AccessPolicy.TOKENS.decide(Optional.of(presented), store::find, NOW);
  }
}

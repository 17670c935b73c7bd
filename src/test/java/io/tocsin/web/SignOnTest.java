package io.tocsin.web;

import static io.tocsin.web.DoorFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import io.tocsin.access.Account;
import io.tocsin.access.AuditEntry;
import io.tocsin.access.AuditLog;
import io.tocsin.access.OutboundGuard;
import io.tocsin.access.Role;
import io.tocsin.access.SignedText;
import io.tocsin.http.oidc.GuardedHttp;
import io.tocsin.http.oidc.OidcSettings;
import io.tocsin.http.oidc.OidcSignOn;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole log-in by OpenID Connect against a provider over real HTTP. */
class SignOnTest {

  private static final String CALLBACK = "/login/oidc/callback";

  private final DoorFixture door = new DoorFixture();
  private StandInProvider provider;

  @BeforeEach
  void open() throws Exception {
    provider = new StandInProvider();
    open(OutboundGuard.allowing(List.of("127.0.0.0/8")));
  }

  private void open(OutboundGuard guard) throws Exception {
    var settings =
        new OidcSettings(
            URI.create(provider.issuer()),
            StandInProvider.CLIENT,
            StandInProvider.SECRET,
            List.of("openid", "profile"),
            "preferred_username",
            "groups",
            Map.of("sre", Role.RESPONDER, "boss", Role.ADMIN, "everyone", Role.VIEWER),
            Optional.empty(),
            Duration.ofSeconds(60),
            "Acme ID");
    var signOn =
        new OidcSignOn(
            settings,
            new GuardedHttp(door.vertx, guard),
            new SignedText(new byte[32]),
            new SecureRandom());
    door.open(0, false, Optional.of(signOn));
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    provider.close();
  }

  /** Off to the provider; what we told it. */
  private Map<String, String> depart(Visitor visitor) throws Exception {
    var answer = visitor.get("/login/oidc?next=%2Fincidents%3Fstate%3Dopen");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    URI to = URI.create(Visitor.location(answer));
    assertThat(to.toString()).startsWith(provider.issuer() + "/auth?");
    return Arrays.stream(to.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private HttpResponse<String> arrive(Visitor visitor, String state) throws Exception {
    return visitor.get(CALLBACK + "?code=c0de&state=" + state);
  }

  /** A log-in with these claims. */
  private HttpResponse<String> logIn(Visitor visitor, Claims claims) throws Exception {
    Map<String, String> told = depart(visitor);
    provider.take("c0de", claims.token(provider.claims(told.get("nonce"), NOW)));
    return arrive(visitor, told.get("state"));
  }

  private interface Claims {
    String token(JWTClaimsSet.Builder good) throws Exception;
  }

  @Test
  void aPersonOfTheProviderIsLetInWithTheRoleOfTheirGroupsAtThePageAskedFor() throws Exception {
    Visitor visitor = door.visitor();
    assertThat(visitor.get("/incidents").body())
        .contains("Acme ID", "/login/oidc?next=%2Fincidents");
    Map<String, String> told = depart(visitor);
    assertThat(told)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "tocsin")
        .containsEntry("scope", "openid profile")
        .containsEntry("redirect_uri", door.address() + CALLBACK)
        .containsEntry("code_challenge_method", "S256");
    provider.take("c0de", provider.signed(provider.claims(told.get("nonce"), NOW).build()));
    HttpResponse<String> in = arrive(visitor, told.get("state"));
    assertThat(in.statusCode()).as(in.body()).isEqualTo(303);
    assertThat(Visitor.location(in)).isEqualTo("/incidents?state=open");
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(provider.verifier().getBytes(StandardCharsets.US_ASCII));
    assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
        .isEqualTo(told.get("code_challenge"));
    Account grace = door.accounts.named("grace").orElseThrow();
    assertThat(grace.role()).isEqualTo(Role.RESPONDER);
    assertThat(grace.subject()).contains(provider.issuer() + " 7f3a");
    assertThat(visitor.get("/me").body()).contains("grace", "responder");
    visitor.submit("/logout");
    assertThat(visitor.get("/logged-out").body())
        .contains(provider.issuer() + "/logout?client_id=tocsin&amp;post_logout_redirect_uri=");
  }

  @Test
  void theNextLogInIsTheSamePersonWithTheRoleOfTheDay() throws Exception {
    logIn(door.visitor(), good -> provider.signed(good.build()));
    Visitor later = door.visitor();
    var answer =
        logIn(
            later,
            good ->
                provider.signed(
                    good.claim("preferred_username", "g.hopper")
                        .claim("groups", List.of("boss"))
                        .build()));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(door.accounts.accounts()).hasSize(1);
    assertThat(door.accounts.accounts().getFirst().role()).isEqualTo(Role.ADMIN);
  }

  @Test
  void aNameIsNoProofAndTakesOverNobody() throws Exception {
    door.person("ada", Role.ADMIN);
    Visitor visitor = door.visitor();
    logIn(visitor, good -> provider.signed(good.claim("preferred_username", "ada").build()));
    assertThat(door.accounts.named("ada").orElseThrow().subject()).isEmpty();
    assertThat(door.accounts.named("ada-2").orElseThrow().role()).isEqualTo(Role.RESPONDER);
    assertThat(visitor.get("/settings/users").statusCode()).isEqualTo(403);
  }

  @Test
  void whoIsInNoGroupWithARoleIsKeptOut() throws Exception {
    refused(
        good -> provider.signed(good.claim("groups", List.of("sales")).build()),
        "none of your groups has a role");
    assertThat(door.accounts.accounts()).isEmpty();
  }

  @Test
  void whoIsDisabledHereIsKeptOut() throws Exception {
    logIn(door.visitor(), good -> provider.signed(good.build()));
    String id = door.accounts.accounts().getFirst().id();
    door.accounts.change(id, it -> it.disabled(true));
    refused(good -> provider.signed(good.build()), "the account is disabled");
  }

  @Test
  void noOtherTokenHolds() throws Exception {
    String no = "its answer does not hold";
    refused(good -> provider.signed(good.issuer("https://evil.example").build()), no);
    refused(good -> provider.signed(good.audience("another").build()), no);
    refused(good -> provider.signed(good.claim("nonce", "another").build()), "another log-in");
    refused(good -> provider.signed(good.claim("nonce", null).build()), no);
    refused(good -> provider.signed(good.subject(null).build()), no);
    refused(
        good -> provider.signed(good.expirationTime(Date.from(NOW.minusSeconds(61))).build()), no);
    refused(good -> StandInProvider.unsigned(good.build()), no);
    refused(good -> provider.confused(good.build()), no);
    refused(
        good ->
            StandInProvider.signed(good.build(), new RSAKeyGenerator(2048).keyID("k1").generate()),
        no);
    refused(
        good -> provider.signed(good.audience(List.of("tocsin", "another")).build()),
        "meant for somebody else");
    refused(good -> "not.a.token", no);
    refused(good -> "", no);
    assertThat(door.sessionStore.sessions()).isEmpty();
    assertThat(door.accounts.accounts()).isEmpty();
    assertThat(door.audit.read(AuditLog.Filter.latest(1)).getFirst().entry().outcome())
        .isEqualTo(AuditEntry.Outcome.FAILED);
  }

  private void refused(Claims claims, String words) throws Exception {
    Visitor visitor = door.visitor();
    HttpResponse<String> answer = logIn(visitor, claims);
    assertThat(answer.statusCode()).as(words).isEqualTo(403);
    assertThat(answer.body()).contains("Acme ID did not let you in", words);
    assertThat(visitor.cookies).doesNotContainKey("tocsin_session");
  }

  @Test
  void clocksMayDifferALittle() throws Exception {
    var answer =
        logIn(
            door.visitor(),
            good -> provider.signed(good.expirationTime(Date.from(NOW.minusSeconds(30))).build()));
    assertThat(answer.statusCode()).isEqualTo(303);
  }

  @Test
  void aNewKeyOfTheProviderIsLookedUp() throws Exception {
    logIn(door.visitor(), good -> provider.signed(good.build()));
    provider.key = new RSAKeyGenerator(2048).keyID("k2").generate();
    provider.publish(provider.key);
    assertThat(logIn(door.visitor(), good -> provider.signed(good.build())).statusCode())
        .isEqualTo(303);
  }

  @Test
  void anAnswerIsTakenOnceAndOnlyInTheBrowserThatAsked() throws Exception {
    Visitor victim = door.visitor();
    Map<String, String> told = depart(victim);
    provider.take("c0de", provider.signed(provider.claims(told.get("nonce"), NOW).build()));
    String kept = victim.cookies.get("tocsin_sign_on");
    // Another browser, which did not start it, and one that started another.
    assertThat(arrive(door.visitor(), told.get("state")).statusCode()).isEqualTo(403);
    Visitor other = door.visitor();
    depart(other);
    assertThat(arrive(other, told.get("state")).statusCode()).isEqualTo(403);
    assertThat(arrive(victim, told.get("state")).statusCode()).isEqualTo(303);
    // The same answer again, even with the cookie kept: the provider took the code once.
    Visitor replay = door.visitor();
    replay.cookies.put("tocsin_sign_on", kept);
    HttpResponse<String> again = arrive(replay, told.get("state"));
    assertThat(again.statusCode()).isEqualTo(403);
    assertThat(again.body()).contains("did not take the code: invalid_grant");
  }

  @Test
  void whoTakesTooLongStartsAnew() throws Exception {
    Visitor visitor = door.visitor();
    Map<String, String> told = depart(visitor);
    door.pass(Duration.ofMinutes(11));
    assertThat(arrive(visitor, told.get("state")).body()).contains("took too long");
  }

  @Test
  void whatTheProviderSaysNoToIsShownAsText() throws Exception {
    Visitor visitor = door.visitor();
    String state = depart(visitor).get("state");
    HttpResponse<String> answer =
        visitor.get(CALLBACK + "?error=%3Cscript%3Eaccess_denied&state=" + state);
    assertThat(answer.body()).contains("it says scriptaccess_denied").doesNotContain("<script>a");
    Visitor mixed = door.visitor();
    String other = depart(mixed).get("state");
    assertThat(mixed.get(CALLBACK + "?code=c&iss=https%3A%2F%2Fevil.example&state=" + other).body())
        .contains("comes from another provider");
  }

  @Test
  void aProviderThatCallsItselfOtherwiseIsNotAsked() throws Exception {
    provider.describe("https://evil.example");
    HttpResponse<String> answer = door.visitor().get("/login/oidc");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("another name than configured");
  }

  @Test
  void theProviderIsAskedOnlyWhereTheOutboundGuardLets() throws Exception {
    try (var guarded = new DoorFixture()) {
      var settings =
          new OidcSettings(
              URI.create(provider.issuer()),
              "tocsin",
              "s",
              List.of("openid"),
              "name",
              "groups",
              Map.of(),
              Optional.of(Role.VIEWER),
              Duration.ZERO,
              "Acme ID");
      var signOn =
          new OidcSignOn(
              settings,
              new GuardedHttp(guarded.vertx, OutboundGuard.allowing(List.of())),
              new SignedText(new byte[32]),
              new SecureRandom());
      guarded.open(0, false, Optional.of(signOn));
      assertThat(guarded.visitor().get("/login/oidc").body()).contains("not allowed (loopback)");
      assertThat(provider.server.getAllServeEvents()).isEmpty();
    }
  }
}

package io.tocsin.web;

import static io.tocsin.web.DoorFixture.NOW;
import static io.tocsin.web.DoorFixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.Eventually;
import io.tocsin.access.AuditEntry;
import io.tocsin.access.AuditLog;
import io.tocsin.access.Role;
import io.tocsin.access.SessionSecret;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginPagesTest {

  private static final String UPDATE = "/incidents/i184abcdef/update";
  private static final String ACKNOWLEDGE = "/incidents/i185abcdef/acknowledge";

  private final DoorFixture door = new DoorFixture();

  @BeforeEach
  void open() throws Exception {
    door.person("ada", Role.ADMIN);
    door.open();
  }

  @AfterEach
  void close() throws Exception {
    door.close();
  }

  @Test
  void aPersonLogsInAndIsAtThePageAskedForUntilTheyLogOut() throws Exception {
    Visitor visitor = door.visitor();
    HttpResponse<String> refused = visitor.get("/incidents?state=open");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body())
        .contains("Log in to Tocsin", "name=\"next\" value=\"/incidents?state=open\"")
        .doesNotContain("payment");
    var in =
        visitor.submit(
            "/login", "name", "ADA", "password", PASSWORD, "next", "/incidents?state=open");
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(Visitor.location(in)).isEqualTo("/incidents?state=open");
    assertThat(in.headers().allValues("Set-Cookie").toString())
        .contains("tocsin_session=", "HTTPOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Secure");
    assertThat(visitor.get("/me").body()).contains("ada", "admin");
    String session = visitor.cookies.get("tocsin_session");
    assertThat(Visitor.location(visitor.submit("/logout"))).isEqualTo("/logged-out");
    assertThat(visitor.cookies).doesNotContainKey("tocsin_session");
    visitor.cookies.put("tocsin_session", session);
    assertThat(visitor.get("/me").statusCode()).isEqualTo(401);
  }

  @Test
  void aSessionThatSomebodyElseChoseIsNeverTaken() throws Exception {
    String chosen = SessionSecret.mint(new SecureRandom()).reveal();
    Visitor victim = door.visitor();
    victim.cookies.put("tocsin_session", chosen);
    victim.get("/login");
    victim.submit("/login", "name", "ada", "password", PASSWORD, "next", "/");
    assertThat(victim.cookies.get("tocsin_session")).isNotEqualTo(chosen);
    Visitor attacker = door.visitor();
    attacker.cookies.put("tocsin_session", chosen);
    assertThat(attacker.get("/me").statusCode()).isEqualTo(401);
    // The store holds a hash, by which nobody can log in.
    attacker.cookies.put("tocsin_session", door.sessionStore.sessions().getFirst().id().hex());
    assertThat(attacker.get("/me").statusCode()).isEqualTo(401);
  }

  @Test
  void loggingInAgainEndsTheSessionThatTheBrowserHad() throws Exception {
    Visitor ada = door.loggedIn("ada");
    String first = ada.cookies.get("tocsin_session");
    ada.get("/me");
    ada.send(
        ada.request("/api/v1/session", "Content-Type", "application/json")
            .POST(
                java.net.http.HttpRequest.BodyPublishers.ofString(
                    "{\"name\":\"ada\",\"password\":\"" + PASSWORD + "\"}")));
    assertThat(ada.cookies.get("tocsin_session")).isNotEqualTo(first);
    assertThat(door.sessionStore.sessions()).hasSize(1);
  }

  @Test
  void aFormWithoutItsTokenChangesNothing() throws Exception {
    Visitor ada = door.loggedIn("ada");
    Visitor mallory = door.visitor();
    mallory.get("/login");
    String foreign =
        mallory.get("/login").body().replaceAll("(?s).*csrf\" value=\"(\\w+)\".*", "$1");
    for (String token : List.of("", "csrf=", "csrf=" + foreign, "csrf=" + "0".repeat(64))) {
      HttpResponse<String> answer = ada.post(ACKNOWLEDGE, token);
      assertThat(answer.statusCode()).as(token).isEqualTo(403);
      assertThat(answer.body()).contains("not one of ours").contains("<!doctype html>");
    }
    assertThat(ada.post("/login", "name=ada&password=x").statusCode()).isEqualTo(403);
    assertThat(ada.post("/logout", "").statusCode()).isEqualTo(403);
    assertThat(ada.get("/me").statusCode()).isEqualTo(200);
    ada.get("/");
    assertThat(ada.submit(ACKNOWLEDGE).statusCode()).isEqualTo(303);
  }

  @Test
  void aChangeOverTheApiBySessionSaysWhereItComesFrom() throws Exception {
    Visitor ada = door.loggedIn("ada");
    var body = java.net.http.HttpRequest.BodyPublishers.noBody();
    String path = "/api/v1/tokens/00000000";
    assertThat(ada.send(ada.request(path).DELETE()).statusCode()).isEqualTo(403);
    assertThat(ada.send(ada.request(path, "Sec-Fetch-Site", "cross-site").DELETE()).statusCode())
        .isEqualTo(403);
    assertThat(ada.send(ada.request(path, "Origin", "null").method("DELETE", body)).statusCode())
        .isEqualTo(403);
    assertThat(ada.send(ada.request(path, "Sec-Fetch-Site", "same-origin").DELETE()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void anEndedSessionLeadsBackAndLosesNothingTyped() throws Exception {
    Visitor ada = door.loggedIn("ada");
    ada.get("/");
    door.pass(Duration.ofHours(13));
    HttpResponse<String> page = ada.get("/incidents");
    assertThat(page.statusCode()).isEqualTo(401);
    assertThat(page.body()).contains("Your session has ended", "value=\"/incidents\"");
    HttpResponse<String> form =
        ada.post(
            UPDATE,
            "text=We+%3Cfound%3E+it&phase=identified&audience=public",
            "Referer",
            door.address() + "/incidents/i184abcdef");
    assertThat(form.statusCode()).isEqualTo(401);
    assertThat(form.body())
        .contains("nothing was done", "We &lt;found&gt; it", "value=\"/incidents/i184abcdef\"");
  }

  @Test
  void aSessionInUseEndsAtLastWhateverHappens() throws Exception {
    Visitor ada = door.loggedIn("ada");
    for (int i = 0; i < 14; i++) {
      door.pass(Duration.ofHours(11));
      assertThat(ada.get("/me").statusCode()).as("after %d h", (i + 1) * 11).isEqualTo(200);
    }
    door.pass(Duration.ofHours(15));
    assertThat(ada.get("/me").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/%0d%0aSet-Cookie:x",
        "///evil.example",
        "/\t/evil.example",
        "/login?next=/login",
        "evil.example"
      })
  void afterLoggingInNobodyIsSentToAnotherSite(String next) throws Exception {
    Visitor visitor = door.visitor();
    visitor.get("/login");
    var in = visitor.submit("/login", "name", "ada", "password", PASSWORD, "next", next);
    assertThat(in.statusCode()).isEqualTo(303);
    String location = Visitor.location(in);
    assertThat(location).startsWith("/").doesNotStartWith("//").doesNotContain("\\", "\r", "\n");
    assertThat(location.contains("evil") && !location.startsWith("/%0d")).isFalse();
  }

  @Test
  void unknownNamesAndWrongPasswordsAreAnsweredAlikeAndSlowedDown() throws Exception {
    String known = wrong("ada").body().replace("value=\"ada\"", "");
    String unknown = wrong("eve").body().replace("value=\"eve\"", "");
    assertThat(unknown.replaceAll("[0-9a-f]{64}", ""))
        .isEqualTo(known.replaceAll("[0-9a-f]{64}", ""));
    for (int i = 0; i < 4; i++) {
      assertThat(wrong("ada").statusCode()).isEqualTo(401);
    }
    HttpResponse<String> slowed = wrong("Ada");
    assertThat(slowed.statusCode()).isEqualTo(429);
    assertThat(slowed.body()).contains("Too many tries");
    assertThat(slowed.headers().firstValue("Retry-After")).isPresent();
    // The right password does not help before the time is over, and does after it.
    Visitor ada = door.visitor();
    ada.get("/login");
    assertThat(ada.submit("/login", "name", "ada", "password", PASSWORD).statusCode())
        .isEqualTo(429);
    door.pass(Duration.ofSeconds(5));
    assertThat(ada.submit("/login", "name", "ada", "password", PASSWORD).statusCode())
        .isEqualTo(303);
    List<AuditEntry> entries = entries();
    assertThat(entries.getFirst().outcome()).isEqualTo(AuditEntry.Outcome.DONE);
    assertThat(entries).filteredOn(it -> it.outcome() == AuditEntry.Outcome.FAILED).hasSize(6);
    assertThat(entries.toString()).doesNotContain(PASSWORD).contains("127.0.0.1");
  }

  private HttpResponse<String> wrong(String name) throws Exception {
    Visitor visitor = door.visitor();
    visitor.get("/login");
    return visitor.submit("/login", "name", name, "password", "not the password");
  }

  private List<AuditEntry> entries() {
    return door.audit.read(AuditLog.Filter.latest(100)).stream().map(AuditLog.Kept::entry).toList();
  }

  @Test
  void anotherRoleOrBeingKeptOutEndsThePersonsSessionsAtOnce() throws Exception {
    door.person("bo", Role.RESPONDER);
    Visitor ada = door.loggedIn("ada");
    Visitor bo = door.loggedIn("bo");
    assertThat(bo.get("/").statusCode()).isEqualTo(200);
    ada.get("/settings/users");
    assertThat(ada.submit("/settings/users/u-bo/role", "role", "viewer").statusCode())
        .isEqualTo(303);
    assertThat(bo.get("/").statusCode()).isEqualTo(401);
    Visitor again = door.loggedIn("bo");
    again.get("/");
    assertThat(again.submit(ACKNOWLEDGE).statusCode()).isEqualTo(403);
    assertThat(ada.submit("/settings/users/u-bo/standing", "disabled", "true").statusCode())
        .isEqualTo(303);
    assertThat(again.get("/").statusCode()).isEqualTo(401);
    assertThat(wrong("bo").statusCode()).isEqualTo(401);
    AuditEntry changed =
        entries().stream().filter(it -> it.action().equals("user changed")).toList().getLast();
    assertThat(changed.actor()).isEqualTo("ada");
    assertThat(changed.before()).containsEntry("role", "responder");
    assertThat(changed.after()).containsEntry("role", "viewer");
    HttpResponse<String> last = ada.submit("/settings/users/u-ada/role", "role", "viewer");
    assertThat(last.statusCode()).isEqualTo(409);
    assertThat(last.body()).contains("nobody would be left who administers");
  }

  @ParameterizedTest
  @CsvSource({"viewer, 403, 403", "communicator, 303, 403", "responder, 303, 303"})
  void eachRoleMayWhatItIsFor(String role, int update, int acknowledge) throws Exception {
    door.person("bo", Role.named(role).orElseThrow());
    Visitor bo = door.loggedIn("bo");
    bo.get("/incidents/i184abcdef");
    bo.get("/");
    bo.get("/me");
    var fields = new String[] {"text", "Found.", "phase", "identified", "audience", "public"};
    assertThat(bo.submit(UPDATE, fields).statusCode()).isEqualTo(update);
    HttpResponse<String> answer = bo.submit(ACKNOWLEDGE);
    assertThat(answer.statusCode()).isEqualTo(acknowledge);
    if (acknowledge == 403) {
      assertThat(answer.body()).contains("Not allowed", "needs the scope respond");
    }
  }

  @Test
  void onesOwnPasswordIsChangedWithThePresentOneAndOtherBrowsersAreOut() throws Exception {
    Visitor other = door.loggedIn("ada");
    Visitor ada = door.loggedIn("ada");
    ada.get("/me");
    String next = "acht leise Uhus am See";
    assertThat(
            ada.submit("/me/password", "current", "wrong", "password", next, "again", next).body())
        .contains("This is not the present password.");
    assertThat(
            ada.submit("/me/password", "current", PASSWORD, "password", "x", "again", "x").body())
        .contains("At least 12 characters");
    assertThat(
            ada.submit("/me/password", "current", PASSWORD, "password", next, "again", next)
                .statusCode())
        .isEqualTo(303);
    assertThat(ada.get("/me").statusCode()).isEqualTo(200);
    assertThat(other.get("/me").statusCode()).isEqualTo(401);
  }

  @Test
  void theChangesOfARequestAreInTheAuditLogWithoutSecrets() throws Exception {
    Visitor ada = door.loggedIn("ada");
    ada.get("/settings/tokens");
    HttpResponse<String> made =
        ada.submit("/settings/tokens", "name", "ci", "scope", "ingest", "days", "30");
    assertThat(made.statusCode()).isEqualTo(201);
    String text = made.body().replaceAll("(?s).*(tcs_[0-9a-f]{8}_[0-9a-f]{64}).*", "$1");
    ada.get("/");
    ada.submit(ACKNOWLEDGE);
    Eventually.eventually(
        Duration.ofSeconds(5),
        () -> assertThat(entries().getFirst().action()).contains("acknowledge"));
    AuditEntry acknowledged = entries().getFirst();
    assertThat(acknowledged.action()).isEqualTo("POST /incidents/:id/acknowledge");
    assertThat(acknowledged.subject()).isEqualTo("i185abcdef");
    assertThat(acknowledged.after()).doesNotContainKey("csrf");
    assertThat(entries().get(1).action()).isEqualTo("token created");
    assertThat(entries().toString()).doesNotContain(text).doesNotContain(text.substring(13));
    assertThat(ada.get("/settings/audit?q=TOKEN").body()).contains("token created");
    assertThat(ada.get("/api/v1/audit?outcome=done&limit=1").body()).contains("\"next\"");
  }

  @Test
  void theFirstAdminIsMadeOnceWithTheCodeFromTheLog() throws Exception {
    try (var fresh = new DoorFixture()) {
      fresh.open();
      String code = fresh.setup.mint(new SecureRandom(), NOW);
      Visitor visitor = fresh.visitor();
      assertThat(visitor.get("/setup?code=" + "0".repeat(64)).statusCode()).isEqualTo(404);
      assertThat(visitor.get("/setup?code=" + code).body()).contains("Welcome to Tocsin");
      var fields =
          new String[] {"code", code, "name", "ada", "password", "short", "again", "short"};
      assertThat(visitor.submit("/setup", fields).body()).contains("At least 12 characters");
      fields[5] = PASSWORD;
      assertThat(visitor.submit("/setup", fields).body()).contains("The two differ.");
      fields[7] = PASSWORD;
      assertThat(visitor.submit("/setup", fields).statusCode()).isEqualTo(303);
      assertThat(fresh.accounts.named("ada").orElseThrow().role()).isEqualTo(Role.ADMIN);
      assertThat(visitor.get("/settings/users").statusCode()).isEqualTo(200);
      assertThat(fresh.visitor().get("/setup?code=" + code).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void theCodeIsGoodForADay() throws Exception {
    String code = door.setup.mint(new SecureRandom(), NOW);
    door.pass(Duration.ofHours(24));
    assertThat(door.visitor().get("/setup?code=" + code).statusCode()).isEqualTo(404);
  }

  @Test
  void overHttpsCookiesAreSecure() throws Exception {
    try (var safe = new DoorFixture()) {
      safe.open(0, true, Optional.empty());
      assertThat(safe.visitor().get("/login").headers().allValues("Set-Cookie"))
          .isNotEmpty()
          .allMatch(it -> it.contains("Secure"));
    }
  }
}

package io.tocsin.web;

import static io.tocsin.web.MembersFixture.CALLBACK;
import static io.tocsin.web.MembersFixture.COOKIE;
import static io.tocsin.web.MembersFixture.SESSION;
import static io.tocsin.web.MembersFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.SignedText;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A private status page by OpenID Connect against a provider over real HTTP. */
class MembersPageTest {

  private static final String TOKEN = "for-our-customers-only";
  private static final List<String> BEHIND =
      List.of(
          "/",
          "/history",
          "/incidents/i184abcdef",
          "/api/v2/summary.json",
          "/api/v2/components.json",
          "/history.atom",
          "/history.rss",
          "/maintenance.ics",
          "/badge.svg",
          "/nowhere");

  private MembersFixture page;

  @BeforeEach
  void open() throws Exception {
    page =
        new MembersFixture()
            .open(
                List.of("customers", "staff"), Optional.of(new TokenDoor(List.of(TOKEN))), "http");
  }

  @AfterEach
  void close() throws Exception {
    page.close();
  }

  private void shut(Visitor visitor) throws Exception {
    for (String path : BEHIND) {
      HttpResponse<String> answer = visitor.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(answer.body())
          .contains("This status page is private", "Acme ID")
          .doesNotContain("AI models", "Payment API", "outage");
    }
  }

  @Test
  void whoIsInOneOfTheGroupsReadsEverythingAndArrivesWhereTheyWanted() throws Exception {
    Visitor visitor = page.visitor();
    shut(visitor);
    assertThat(visitor.get("/history?month=2026-10").body())
        .contains("/door/oidc?back=/history?month=2026-10");
    Map<String, String> told = page.depart(visitor, "/history?month=2026-10");
    assertThat(told)
        .containsEntry("redirect_uri", page.address() + CALLBACK)
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("response_type", "code");
    HttpResponse<String> in =
        page.signOn(visitor, "/history?month=2026-10", List.of("staff", "other"));
    assertThat(in.statusCode()).as(in.body()).isEqualTo(303);
    assertThat(Visitor.location(in)).isEqualTo("/history?month=2026-10");
    assertThat(in.headers().allValues("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith(COOKIE + "=")
                    .contains("Path=/;", "HTTPOnly", "SameSite=Lax", "Max-Age=43200")
                    .doesNotContain("Secure"));
    assertThat(visitor.cookies).containsOnlyKeys(COOKIE);
    HttpResponse<String> home = visitor.get("/");
    assertThat(home.body()).contains("Major outage: AI models", "<a href=\"/door\">Sign out</a>");
    assertThat(home.headers().firstValue("Cache-Control")).hasValue("private, no-cache");
    for (String path : BEHIND.subList(0, BEHIND.size() - 1)) {
      assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void whoIsInNoneOfTheGroupsIsToldSo() throws Exception {
    Visitor visitor = page.visitor();
    HttpResponse<String> answer = page.signOn(visitor, "/", List.of("sales"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains(
            "Acme ID knows you, but none of your groups may read this page",
            "Sign out of Acme ID to use another account",
            page.provider.issuer() + "/logout?client_id=tocsin&amp;post_logout_redirect_uri=");
    assertThat(visitor.cookies).isEmpty();
    shut(visitor);
  }

  @Test
  void whereNoGroupIsNamedEveryoneTheProviderKnowsMayRead() throws Exception {
    page.close();
    page = new MembersFixture().open(List.of(), Optional.empty(), "https");
    Visitor visitor = page.visitor();
    assertThat(visitor.get("/").body()).doesNotContain("name=\"token\"");
    assertThat(visitor.get("/?token=" + TOKEN).statusCode()).isEqualTo(401);
    HttpResponse<String> in = page.signOn(visitor, "/", List.of());
    assertThat(in.headers().allValues("Set-Cookie"))
        .anySatisfy(it -> assertThat(it).startsWith(COOKIE).contains("Secure"));
    assertThat(visitor.get("/api/v2/status.json").statusCode()).isEqualTo(200);
  }

  @Test
  void aSessionEndsByItsTimeWhateverTheBrowserKeeps() throws Exception {
    Visitor visitor = page.visitor();
    page.signOn(visitor, "/", List.of("customers"));
    page.pass(SESSION.minusSeconds(1));
    assertThat(visitor.get("/history").statusCode()).isEqualTo(200);
    page.pass(Duration.ofSeconds(1));
    shut(visitor);
  }

  @Test
  void aCookieThatWeDidNotSignLetsNobodyIn() throws Exception {
    String until = Long.toString(page.now().plusSeconds(60).getEpochSecond());
    String text = "member\n" + page.provider.issuer() + "\n" + until + "\nstaff";
    Visitor visitor = page.visitor();
    visitor.cookies.put(COOKIE, MembersFixture.signature().sign(text));
    assertThat(visitor.get("/history").statusCode()).as("the right key").isEqualTo(200);
    var forged = new SignedText("of somebody else".getBytes(StandardCharsets.UTF_8)).sign(text);
    for (String value :
        List.of(
            forged,
            forged.substring(0, forged.indexOf('.')),
            "",
            ".",
            MembersFixture.signature().sign(text.replace("\nstaff", "")),
            MembersFixture.signature().sign(text.replace("staff", "sales")),
            MembersFixture.signature().sign(text.replace(page.provider.issuer(), "https://old")),
            MembersFixture.signature().sign(text.replace(until, "tomorrow")),
            MembersFixture.signature().sign("member"))) {
      visitor.cookies.put(COOKIE, value);
      assertThat(visitor.get("/history").statusCode()).as(value).isEqualTo(401);
    }
  }

  @Test
  void anAnswerIsTakenOnceAndOnlyInTheBrowserThatAsked() throws Exception {
    Visitor victim = page.visitor();
    String state = page.depart(victim, "/").get("state");
    refused(page.visitor(), "?code=c0de&state=" + state, "was not started here");
    Visitor other = page.visitor();
    page.depart(other, "/");
    refused(other, "?code=c0de&state=" + state, "belongs to another log-in");
    refused(other, "?code=c0de&state=" + state, "was not started here");
    refused(victim, "?error=%3Cb%3Eaccess_denied&state=" + state, "it says baccess_denied");
  }

  private void refused(Visitor visitor, String query, String words) throws Exception {
    HttpResponse<String> answer = visitor.get(CALLBACK + query, "Accept-Language", "de");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("Die Anmeldung hat nicht geklappt", "Acme ID: ", words);
    assertThat(visitor.cookies).doesNotContainKey(COOKIE);
  }

  @Test
  void theWayBackLeadsToPagesOfOursOnly() throws Exception {
    for (String elsewhere :
        List.of("//evil.example", "https://evil.example/", "/%5Cevil.example", "/door/oidc")) {
      HttpResponse<String> in = page.signOn(page.visitor(), elsewhere, List.of("staff"));
      assertThat(Visitor.location(in)).as(elsewhere).isEqualTo("/");
    }
    HttpResponse<String> subscribe = page.signOn(page.visitor(), "/subscribe", List.of("staff"));
    assertThat(Visitor.location(subscribe)).isEqualTo("/subscribe");
  }

  @Test
  void tokensOpenItBesideAndWhoLeavesIsOut() throws Exception {
    Visitor byToken = page.visitor();
    assertThat(byToken.get("/").body()).contains("Use a token instead", "name=\"token\"");
    HttpResponse<String> wrong = byToken.post("/door?back=/history", "token=wrong");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).contains("<details open>", "This token is not known.");
    byToken.post("/door?back=/history", "token=" + TOKEN);
    assertThat(byToken.get("/history").statusCode()).isEqualTo(200);
    Visitor byAccount = page.visitor();
    page.signOn(byAccount, "/", List.of("staff"));
    for (Visitor reader : List.of(byToken, byAccount)) {
      assertThat(reader.get("/door?back=/history").body())
          .contains("You may read this page", "href=\"/history\"", "action=\"/door/leave\"");
      assertThat(Visitor.location(reader.post("/door/leave", ""))).isEqualTo("/door");
      assertThat(reader.cookies).isEmpty();
      shut(reader);
    }
  }

  @Test
  void whoKnocksTooOftenWaits() throws Exception {
    Visitor visitor = page.visitor();
    for (int i = 0; i < 30; i++) {
      page.depart(visitor, "/");
    }
    HttpResponse<String> busy = visitor.get(START);
    assertThat(busy.statusCode()).isEqualTo(429);
    assertThat(busy.headers().firstValue("Retry-After")).hasValue("600");
    assertThat(busy.body()).contains("Too many tries");
    page.pass(Duration.ofMinutes(10));
    page.depart(visitor, "/");
  }

  @Test
  void aProviderThatIsAwayIsToldInAFriendlyWay() throws Exception {
    page.provider.close();
    HttpResponse<String> answer = page.visitor().get(START + "?back=/history");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains("Signing in did not work", "cannot be reached", "back=/history");
  }
}

package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Scope;
import io.tocsin.statuspage.FabricatedSubscribers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Operators look after subscribers over the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscriberRoutesTest {

  private static final String PATH = "/api/v1/subscribers";

  private final OpsFixture ops = new OpsFixture(AccessPolicy.TOKENS);
  private String admin;
  private String reader;

  @BeforeAll
  void open() throws Exception {
    ops.start(
        new SubscriberRoutes(
            FabricatedSubscribers.desk(OpsFixture.NOW),
            ops.blocking,
            InstantSource.fixed(OpsFixture.NOW)));
    admin = ops.token(Scope.ADMIN);
    reader = ops.token(Scope.RESPOND);
  }

  @AfterAll
  void close() throws Exception {
    ops.close();
  }

  private HttpResponse<String> send(String method, String path, String token, String body)
      throws Exception {
    return ops.send(
        ops.request(path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void wholeAddressesAreForThoseWhoAdminister() throws Exception {
    assertThat(send("GET", PATH, admin, "").body())
        .contains("ann@example.com", "https://hooks.example.net/x", "\"result\":\"failed\"");
    assertThat(send("GET", PATH, reader, "").body())
        .contains("a***@example.com", "https://hooks.example.net/***")
        .doesNotContain("ann@example.com", "hooks.example.net/x");
    assertThat(send("GET", PATH + "/s1", reader, "").body()).doesNotContain("ann@example.com");
    assertThat(send("GET", PATH + "?q=ann", reader, "").statusCode()).isEqualTo(403);
  }

  @Test
  void theListIsFilteredAndPaged() throws Exception {
    assertThat(send("GET", PATH + "?q=ANN@", admin, "").body())
        .contains("\"total\":1", "ann@example.com", "\"webhook.disabled\":1");
    assertThat(send("GET", PATH + "?state=disabled&kind=webhook", admin, "").body())
        .contains("\"total\":1", "\"s2\"");
    assertThat(send("GET", PATH + "?page=2&limit=1&state=active", admin, "").body())
        .contains("\"subscribers\":[]");
    assertThat(send("GET", PATH + "?state=asleep", admin, "").body())
        .contains("expected one of active, unconfirmed, disabled");
  }

  @Test
  void whatCannotBeIsRefusedWithItsFieldAndNothingIsKept() throws Exception {
    var wrong = send("POST", PATH, admin, "{\"email\":\"no address\"}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body())
        .contains("email: found \\\"no address\\\", expected an address such as");
    assertThat(
            send(
                    "POST",
                    PATH,
                    admin,
                    "{\"email\":\"a@b.example\",\"kind\":\"slack\",\"url\":\"https://x.example\"}")
                .body())
        .contains("url: found", "https://hooks.slack.com/");
    assertThat(
            send("POST", PATH, admin, "{\"email\":\"a@b.example\",\"components\":[\"moon\"]}")
                .body())
        .contains("components: found \\\"moon\\\"");
    assertThat(send("GET", PATH + "?q=b.example", admin, "").body()).contains("\"total\":0");
    assertThat(send("POST", PATH, reader, "{\"email\":\"a@b.example\"}").statusCode())
        .isEqualTo(403);
  }

  @Test
  void anOperatorAddsWithOrWithoutConsentAndRemoves() throws Exception {
    var asked = send("POST", PATH, admin, "{\"email\":\"Bob@Example.com\"}");
    assertThat(asked.body()).contains("bob@example.com", "\"state\":\"unconfirmed\"");
    String one = asked.headers().firstValue("Location").orElseThrow();
    assertThat(send("POST", one + "/confirm", admin, "").body()).contains("\"state\":\"active\"");
    assertThat(
            send("POST", PATH, admin, "{\"email\":\"eve@example.com\",\"confirmed\":true}").body())
        .contains("\"state\":\"active\"");
    assertThat(send("DELETE", one, admin, "").statusCode()).isEqualTo(204);
    assertThat(send("DELETE", one, admin, "").statusCode()).isEqualTo(404);
  }
}

package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.Account;
import io.tocsin.access.LoginSession;
import io.tocsin.access.Role;
import io.tocsin.access.SessionSecret;
import io.vertx.ext.web.Router;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolesTest {

  @Test
  void everyOperationOfTheApiIsForTheRolesOfTheTableAndNoOthers() throws Exception {
    try (var api = new WholeApi()) {
      Router router = Router.router(api.ops.vertx());
      api.routes().forEach(it -> it.mount(router));
      List<String> operations = RoleTable.checked(router);
      assertThat(operations).hasSizeGreaterThan(90);
      api.ops.start(api.routes().toArray(Routes[]::new));
      for (Role role : Role.values()) {
        String cookie = loggedIn(api.ops, role);
        for (String operation : operations) {
          Optional<Role> least = RoleTable.least(operation);
          if (least.isPresent()) {
            boolean refused = refused(api.ops, operation, cookie);
            assertThat(refused)
                .as("%s refused to %s", operation, role)
                .isEqualTo(role.compareTo(least.get()) < 0);
          }
        }
      }
    }
  }

  private static String loggedIn(OpsFixture ops, Role role) {
    String id = "u-" + role.word();
    ops.accounts.add(Account.local(id, role.word(), role, ops.passwords.hash("x"), OpsFixture.NOW));
    SessionSecret secret = SessionSecret.mint(new SecureRandom());
    ops.sessionStore.add(
        new LoginSession(
            secret.hash(),
            new LoginSession.OfAccount(id),
            OpsFixture.NOW,
            OpsFixture.NOW,
            "192.0.2.1",
            "test"));
    return Sessions.COOKIE + "=" + secret.reveal();
  }

  private static boolean refused(OpsFixture ops, String operation, String cookie) throws Exception {
    String[] parts = operation.split(" ", 2);
    var answer =
        ops.send(
            ops.request(parts[1].replaceAll(":\\w+", "x1"))
                .header("Cookie", cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/json")
                .method(parts[0], HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).as(operation).isNotEqualTo(401);
    return answer.statusCode() == 403 && answer.body().contains("needs the scope");
  }
}

package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.Role;
import io.tocsin.http.RoleTable;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleRolesTest {

  @Test
  void everyPageAndFormIsForTheRolesOfTheTableAndNoOthers() throws Exception {
    try (var door = new DoorFixture().open()) {
      Router router = Router.router(door.vertx);
      door.routes().forEach(it -> it.mount(router));
      List<String> operations = RoleTable.checked(router);
      assertThat(operations).contains("GET /me", "POST /incidents/:id/acknowledge");
      for (Role role : Role.values()) {
        door.person(role.word(), role);
        Visitor visitor = door.loggedIn(role.word());
        for (String operation : operations) {
          Optional<Role> least = RoleTable.least(operation);
          // Live events never end; everybody who may look may hear them.
          boolean endless = operation.equals("GET /live");
          if (least.isPresent() && !operation.contains(" /api/") && !endless) {
            assertThat(refused(visitor, operation))
                .as("%s refused to %s", operation, role)
                .isEqualTo(role.compareTo(least.get()) < 0);
          }
        }
      }
    }
  }

  private static boolean refused(Visitor visitor, String operation) throws Exception {
    String[] parts = operation.split(" ", 2);
    String path = parts[1].replaceAll(":\\w+", "x1");
    var answer = parts[0].equals("GET") ? visitor.get(path) : visitor.post(path, "a=b");
    assertThat(answer.statusCode()).as(operation).isNotEqualTo(401);
    return answer.statusCode() == 403 && answer.body().contains("needs the scope");
  }
}

package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.Role;
import org.junit.jupiter.api.Test;

class ExperimentPagesTest {

  @Test
  void whatAnExperimentHasShownAndWhatToDoNow() throws Exception {
    try (var door = new DoorFixture().open()) {
      door.person("vera", Role.VIEWER);
      String page = door.loggedIn("vera").get("/experiments").body();
      assertThat(page)
          .contains("checkout", "Winner: short-form", "short-form: 2000", "Fewer fields")
          .contains("20.00 % to 33.35 %", "+13.35 points")
          .contains("ranking.v2", "Too few units", "&lt;img src=x onerror=alert(1)&gt;");
      assertThat(page.indexOf("ranking.v2")).isLessThan(page.indexOf("checkout"));
    }
  }
}

package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.rule.RuleGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleHistoryRoutesTest {

  private static RuleGroup group(String file, String name) {
    return new RuleGroup(
        file, name, Duration.ofMinutes(1), Duration.ZERO, 0, Optional.empty(), List.of());
  }

  @Test
  void aFileOfTheSameNameIsReplacedOthersStay() {
    List<RuleGroup> after =
        RuleHistoryRoutes.replaced(
            List.of(group("/etc/rules/a.yaml", "old"), group("/etc/rules/b.yaml", "kept")),
            List.of(group("./a.yaml", "new")));

    assertThat(after).extracting(RuleGroup::name).containsExactly("kept", "new");
  }
}

package io.tocsin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.notify.GroupBy;
import io.tocsin.notify.RouteSpec;
import io.tocsin.silence.InhibitRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final Set<String> RECEIVERS = Set.of("ops", "dba", "ceo");

  private static Section section(String text) {
    return Yaml.read(text, "tocsin.yaml", new Secrets(Map.of(), Path.of(".")));
  }

  private static RouteSpec read(String text) {
    Section top = section(text);
    return Routes.read(top.section("route").orElseThrow(), RECEIVERS, TimeIntervals.read(top));
  }

  @Test
  void readsATreeInAlertmanagersShapeOldAndNew() {
    RouteSpec root =
        read(
            """
            route:
              receiver: ops
              group_by: [alertname, cluster]
              group_wait: 30s
              group_interval: 5m
              repeat_interval: 4h
              routes:
                - matchers: ['component="Database"', 'severity=~"critical|high"']
                  receiver: dba
                  continue: true
                - match: { team: web }
                  match_re: { env: "prod|stage" }
                  group_by: ['...']
                - group_by: []
            """);
    assertThat(root.groupBy()).contains(new GroupBy.Names(List.of("alertname", "cluster")));
    assertThat(root.groupWait()).contains(Duration.ofSeconds(30));
    assertThat(root.routes()).hasSize(3);
    RouteSpec dba = root.routes().getFirst();
    assertThat(dba.matchers().toString())
        .isEqualTo("[component=\"Database\", severity=~\"critical|high\"]");
    assertThat(dba.goesOn()).isTrue();
    RouteSpec old = root.routes().get(1);
    assertThat(old.receiver()).isEmpty();
    assertThat(old.matchers().toString()).isEqualTo("[team=\"web\", env=~\"prod|stage\"]");
    assertThat(old.groupBy()).contains(new GroupBy.Everything());
    assertThat(root.routes().get(2).groupBy()).contains(new GroupBy.Names(List.of()));
  }

  @Test
  void whatIsNotSaidIsLeftToTheDefaults() {
    assertThat(read("route: { receiver: ops }")).isEqualTo(RouteSpec.to("ops"));
    assertThat(read("route: { receiver: ops }").groupWait()).isEqualTo(Optional.empty());
  }

  @Test
  void mistakesAreNamedWithTheirPlace() {
    assertThatThrownBy(() -> read("route: { receiver: opps }"))
        .hasMessageContaining("tocsin.yaml:1:")
        .hasMessageContaining("route.receiver: found \"opps\", expected one of ceo, dba, ops");
    assertThatThrownBy(() -> read("route: { group_by: [a] }"))
        .hasMessageContaining("the root must have one");
    assertThatThrownBy(() -> read("route: { receiver: ops, matchers: [a=b] }"))
        .hasMessageContaining("the root matches every alert");
    assertThatThrownBy(() -> read("route: { receiver: ops, group_by: ['...', a] }"))
        .hasMessageContaining("'...' alone");
    assertThatThrownBy(() -> read("route: { receiver: ops, group_by: [a, a] }"))
        .hasMessageContaining("each label once");
    assertThatThrownBy(() -> read("route: { receiver: ops, repeat_interval: 0s }"))
        .hasMessageContaining("more than 0s");
    assertThatThrownBy(() -> read("route: { receiver: ops, routes: [{ matchers: ['a'] }] }"))
        .hasMessageContaining("route.routes[0].matchers")
        .hasMessageContaining("expected one of = != =~ !~");
    assertThatThrownBy(() -> read("route: { receiver: ops, routes: [{ match_re: { a: '(' } }] }"))
        .hasMessageContaining("a valid RE2 regular expression");
    assertThatThrownBy(() -> read("route: { receiver: ops, group_weight: 3s }"))
        .hasMessageContaining("unknown key \"group_weight\"");
  }

  @Test
  void readsInhibitRulesAndEscalationSteps() {
    Section top =
        section(
            """
            inhibit_rules:
              - source_matchers: [severity=critical]
                target_match: { severity: warning }
                equal: [component]
            """);
    InhibitRule rule = Routes.inhibitRules(top.sections("inhibit_rules")).getFirst();
    assertThat(rule.source().toString()).isEqualTo("[severity=\"critical\"]");
    assertThat(rule.target().toString()).isEqualTo("[severity=\"warning\"]");
    assertThat(rule.equal()).containsExactly("component");
  }
}

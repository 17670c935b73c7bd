package io.tocsin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.Severity;
import io.tocsin.notify.EscalationPolicy;
import io.tocsin.notify.TeamPlan;
import io.tocsin.oncall.Contact;
import io.tocsin.oncall.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OnCallSettingsTest {

  private static final Set<String> RECEIVERS = Set.of("chat", "ana-sms", "ceo", "dba");

  private static final String PEOPLE =
      """
      people:
        - { name: ana, email: ana@example.com, contact: [{receiver: chat}, {receiver: ana-sms, after: 5m}] }
        - { name: ben, contact: { receiver: chat } }
      """;

  private static OnCallSettings read(String yaml) {
    Section top = Yaml.read(yaml, "tocsin.yaml", Secrets.none());
    return OnCallSettings.read(top, RECEIVERS);
  }

  @Test
  void aScheduleIsReadWithItsLayersAndContacts() {
    OnCallSettings read =
        read(
            PEOPLE
                + """
                schedules:
                  - name: l1
                    time_zone: Europe/Berlin
                    layers:
                      - { people: [ana, ben], rotation: weekly, start: "2026-03-02 09:00" }
                      - name: nights
                        people: ben
                        shift: 12h
                        hand_off: "20:00"
                        from: 2026-03-04T00:00
                        restrictions: [{ days: ["monday:friday"], from: "20:00", to: "08:00" }]
                roles:
                  l2: { person: ana }
                policies:
                  - name: payments
                    severities: [critical]
                    components: [Payments]
                    steps:
                      - { after: 0m, notify: { schedule: l1 } }
                      - { after: 10m, notify: [{ role: l2 }, { receiver: ceo }] }
                    repeat: 2
                    unacknowledge_after: 30m
                """);
    assertThat(read.roster().onCall("l1", Instant.parse("2026-03-03T10:00:00Z"))).contains("ana");
    assertThat(read.roster().onCall("l1", Instant.parse("2026-03-04T23:00:00Z"))).contains("ben");
    assertThat(
            read.roster()
                .contacts(
                    List.of(new Target.OfSchedule("l1")), Instant.parse("2026-03-03T10:00:00Z")))
        .containsExactly(
            new Contact("ana", "chat", Duration.ZERO),
            new Contact("ana", "ana-sms", Duration.ofMinutes(5)));
    EscalationPolicy policy = read.escalation().policies().getFirst();
    assertThat(policy.severities()).containsExactly(Severity.CRITICAL);
    assertThat(policy.steps().get(1).targets())
        .containsExactly(new Target.OfRole("l2"), new Target.OfReceiver("ceo"));
    assertThat(policy.unacknowledgeAfter()).contains(Duration.ofMinutes(30));
  }

  @Test
  void thePlainListOfStepsStillWorks() {
    OnCallSettings read =
        read("escalation: [{ after: 15m, receiver: dba }, { after: 1h, receiver: ceo }]");
    assertThat(read.escalation().policies()).hasSize(1);
    assertThat(read.escalation().policies().getFirst().steps())
        .containsExactly(
            EscalationPolicy.Step.receiver(Duration.ofMinutes(15), "dba"),
            EscalationPolicy.Step.receiver(Duration.ofHours(1), "ceo"));
    assertThat(read("{}").escalation().policies()).isEmpty();
  }

  @Test
  void withoutPoliciesTheOwnersPathHoldsForTheRolesThatAreFilled() {
    OnCallSettings read =
        read(
            PEOPLE
                + """
                roles: { l1: { person: ana }, l2: { person: ben }, engineering: { receiver: dba } }
                """);
    assertThat(read.escalation().policies())
        .extracting(EscalationPolicy::name)
        .containsExactly("critical", "high");
    assertThat(read.escalation().policies().get(0).steps().get(0).targets())
        .as("a CRITICAL incident calls L2 and Engineering at once; nobody is the manager")
        .containsExactly(
            new Target.OfRole("l1"), new Target.OfRole("l2"), new Target.OfRole("engineering"));
    assertThat(read.escalation().policies().get(0).steps().get(1).targets())
        .containsExactly(new Target.OfRole("ceo"));
    assertThat(read.escalation().policies().get(1).steps())
        .extracting(EscalationPolicy.Step::after)
        .containsExactly(
            Duration.ZERO, Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofMinutes(60));
    assertThat(read.escalation().triggers().keySet()).contains("legal", "stuck");
  }

  @Test
  void everyMistakeIsNamedWithItsPlace() {
    refused(
        "schedules: { name: l1, layers: { people: [eva] } }", "schedules.layers.people", "\"eva\"");
    refused(
        PEOPLE
            + """
            schedules:
              - name: l1
                layers: { people: ana, restrictions: { days: "monday:friday", from: "09:00", to: "17:00" } }
            """,
        "tocsin.yaml:6:13",
        "schedules[0].layers",
        "nobody on call from",
        "gaps: allowed");
    refused(PEOPLE + "roles: { l1: { role: l2 }, l2: { role: l1 } }", "roles.l1", "l1 -> l2 -> l1");
    refused(
        PEOPLE + "policies: { name: p, steps: { after: 0m, notify: { schedule: l9 } } }",
        "policies.steps.notify.schedule",
        "\"l9\"");
    refused(
        PEOPLE
            + "policies: { name: p, steps: [{ after: 5m, notify: { person: ana } },"
            + " { after: 1m, notify: { person: ben } }] }",
        "policies.steps[1].after",
        "at least the 5m");
    refused(
        "escalation: [{ after: 1h, receiver: ceo }, { after: 15m, receiver: dba }]",
        "escalation[1].after",
        "at least the 1h of the step before");
    refused("escalation: [{ after: 1h, receiver: cfo }]", "escalation[0].receiver", "\"cfo\"");
    refused(
        PEOPLE + "schedules: { name: l1, time_zone: Europe/Berln, layers: { people: ana } }",
        "schedules.time_zone",
        "Europe/Berln");
    refused(
        PEOPLE + "schedules: { name: l1, layers: { people: ana, shift: 5m } }",
        "schedules.layers.shift",
        "1h to 366d");
  }

  @Test
  void theTeamIsTheOwnersForTheRolesThatAreFilledUnlessSaidOtherwise() {
    String roles = PEOPLE + "roles: { l1: { person: ana }, l2: { person: ben } }\n";
    TeamPlan owners = read(roles).team();
    assertThat(owners.rows().get(Severity.CRITICAL).fill()).isTrue();
    assertThat(owners.rows().get(Severity.HIGH).seats())
        .extracting(TeamPlan.Seat::role)
        .containsExactly("commander", "operations");
    TeamPlan own =
        read(roles
                + "team: { critical: { assign: propose, roles: { scribe: { person: ben } } },"
                + " high: { assign: none }, medium: { roles: { commander: { role: l1 } } } }")
            .team();
    assertThat(own.rows().get(Severity.CRITICAL))
        .isEqualTo(
            new TeamPlan.Row(
                false, List.of(new TeamPlan.Seat("scribe", List.of(new Target.OfPerson("ben"))))));
    assertThat(own.rows()).containsOnlyKeys(Severity.CRITICAL, Severity.MEDIUM);
    refused(roles + "team: { high: { roles: { scribe: { role: l9 } } } }", "\"l9\"", "one of");
    assertThat(read("people: []").team().rows()).isEmpty();
  }

  private static void refused(String yaml, String... words) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(SettingsProblem.class)
        .message()
        .contains(words);
  }
}

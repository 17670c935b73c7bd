package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Severity;
import io.tocsin.incident.InMemoryIncidentStore;
import io.tocsin.incident.Incident;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.InMemoryOutbox;
import io.tocsin.notify.Message;
import io.tocsin.notify.Receivers;
import io.tocsin.notify.ReminderMessages;
import io.tocsin.notify.RouteSpec;
import io.tocsin.notify.RoutingTree;
import io.tocsin.notify.Samples;
import io.tocsin.oncall.Person;
import io.tocsin.oncall.Roster;
import io.tocsin.postmortem.ActionItem;
import io.tocsin.postmortem.DuePolicy;
import io.tocsin.postmortem.FollowUpStore;
import io.tocsin.postmortem.PostmortemStore;
import io.tocsin.postmortem.Postmortems;
import io.tocsin.postmortem.Review;
import io.tocsin.postmortem.ReviewDesk;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowUpRoundsTest {

  /** It ended on 1 March at 15:00, so its post-mortem is due on 6 March. */
  private static final Instant END = Instant.parse("2026-03-01T15:00:00Z");

  private static final Map<String, List<Destination>> RECEIVERS =
      Map.of(
          "ops",
              List.of(new Destination("ops", "slack", 0), new Destination("ops", "pagerduty", 0)),
          "ana-pager", List.of(new Destination("ana-pager", "pagerduty", 0)),
          "ana-mail", List.of(new Destination("ana-mail", "email", 0)));

  private final InMemoryIncidentStore incidents = new InMemoryIncidentStore();
  private final InMemoryOutbox outbox = new InMemoryOutbox(incidents);
  private final FollowUpStore followUps = FollowUpStore.inMemory();
  private final PostmortemStore texts = PostmortemStore.inMemory();
  private final ReviewDesk reviews =
      new ReviewDesk(new Postmortems(texts, SeverityPolicy.OWNERS), followUps, incidents, () -> {});

  private FollowUpRounds rounds() {
    var ana =
        new Person(
            "ana",
            Optional.empty(),
            List.of(
                new Person.ContactRule(Duration.ZERO, "ana-pager"),
                new Person.ContactRule(Duration.ofMinutes(5), "ana-mail")));
    var roster = new Roster(Map.of("ana", ana), Map.of(), Map.of(), List.of());
    var messages =
        new ReminderMessages(
            new RoutingTree(RouteSpec.to("ops")), new Receivers(RECEIVERS), roster::contacts);
    return new FollowUpRounds(incidents, reviews, outbox, () -> DuePolicy.DEFAULT, () -> messages);
  }

  private Incident ended(Severity severity, Map<String, String> roles) {
    Incident over = Samples.resolved(Samples.incident(severity), END);
    Incident incident =
        new Incident(
            over.id(),
            over.number(),
            over.group(),
            over.title(),
            over.severity(),
            over.state(),
            over.phase(),
            over.published(),
            over.components(),
            over.alerts(),
            over.openedAt(),
            over.acknowledgedAt(),
            over.acknowledgedBy(),
            over.assignee(),
            roles,
            over.resolvedAt(),
            0,
            0,
            List.of(),
            List.of(),
            over.lastSeq());
    incidents.save(List.of(incident), List.of());
    return incident;
  }

  private List<String> told() {
    return outbox.deliveries(Optional.empty(), 100).reversed().stream()
        .map(Delivery::message)
        .map(message -> message.destination() + ": " + message.text())
        .toList();
  }

  private void at(FollowUpRounds rounds, String... instants) {
    for (String instant : instants) {
      rounds.round(Instant.parse(instant));
    }
  }

  @Test
  void aRequiredPostMortemIsRemindedOfBeforeOnAndAfterItsDayOnceEach() {
    ended(Severity.CRITICAL, Map.of());
    FollowUpRounds rounds = rounds();
    at(rounds, "2026-03-05T08:59:00Z");
    assertThat(told()).isEmpty();
    at(rounds, "2026-03-05T09:00:00Z", "2026-03-05T09:01:00Z", "2026-03-06T09:00:00Z");
    // A restart forgets nothing: the outbox knows what was planned.
    at(rounds(), "2026-03-06T09:01:00Z", "2026-03-07T09:00:00Z");
    at(rounds(), "2026-03-07T09:01:00Z", "2026-03-08T09:00:00Z");
    assertThat(told())
        .containsExactly(
            "ops/slack/0: Post-mortem of #184 Payments: 12 % failing is due on 6 March 2026.",
            "ops/slack/0: Post-mortem of #184 Payments: 12 % failing is due today, 6 March 2026.",
            "ops/slack/0: Post-mortem of #184 Payments: 12 % failing was due on 6 March 2026"
                + " and is not published.");
  }

  @Test
  void aServiceThatStoodStillTellsOnlyTheStepThatStandsAndNothingOfLongAgo() {
    ended(Severity.CRITICAL, Map.of());
    at(rounds(), "2026-03-09T12:00:00Z");
    assertThat(told()).singleElement().asString().contains("was due on 6 March");
    outbox.clear();
    at(rounds(), "2026-03-14T09:00:00Z");
    assertThat(told()).isEmpty();
  }

  @Test
  void aRecommendedOneIsDueLater() {
    ended(Severity.HIGH, Map.of());
    at(rounds(), "2026-03-06T09:00:00Z");
    assertThat(told()).isEmpty();
    at(rounds(), "2026-03-11T09:00:00Z");
    assertThat(told()).singleElement().asString().contains("due today, 11 March");
  }

  @Test
  void whatIsNotOwedIsNotRemindedOf() {
    ended(Severity.MEDIUM, Map.of());
    at(rounds(), "2026-03-06T09:00:00Z", "2026-03-11T09:00:00Z");
    assertThat(told()).isEmpty();
  }

  @Test
  void aCommanderIsRemindedQuietlyAndAPublishedOneNotAtAll() {
    Incident incident = ended(Severity.CRITICAL, Map.of("commander", "ana"));
    at(rounds(), "2026-03-05T09:00:00Z");
    assertThat(told()).singleElement().asString().startsWith("ana-mail/email/0: ");
    followUps.save(new Review(incident.id(), Review.State.PUBLISHED, "ana", END, Optional.empty()));
    at(rounds(), "2026-03-06T09:00:00Z", "2026-03-07T09:00:00Z");
    assertThat(told()).hasSize(1);
  }

  @Test
  void anActionItemRemindsItsOwnerOfEachDayItIsGivenUntilItIsDone() {
    Incident incident = ended(Severity.LOW, Map.of());
    ActionItem item =
        reviews.add(
            incident.id(),
            "Alert on the queue's age",
            ActionItem.Kind.DETECT,
            Optional.of("ana"),
            Optional.of(LocalDate.of(2026, 3, 20)),
            ActionItem.State.OPEN,
            "ben",
            END);
    at(rounds(), "2026-03-19T09:00:00Z", "2026-03-20T09:00:00Z");
    followUps.save(
        new ActionItem(
            item.id(),
            item.incident(),
            item.text(),
            item.kind(),
            Optional.of("nobody we know"),
            Optional.of(LocalDate.of(2026, 3, 25)),
            item.state(),
            item.issue(),
            item.author(),
            item.createdAt()));
    at(rounds(), "2026-03-24T09:00:00Z");
    followUps.save(followUps.action(item.id()).orElseThrow().with(ActionItem.State.DONE));
    at(rounds(), "2026-03-25T09:00:00Z", "2026-03-26T09:00:00Z");
    assertThat(told())
        .containsExactly(
            "ana-mail/email/0: Action item of #184 is due on 20 March 2026: Alert on the queue's"
                + " age",
            "ana-mail/email/0: Action item of #184 is due today, 20 March 2026: Alert on the"
                + " queue's age",
            "ops/slack/0: Action item of #184 is due on 25 March 2026: Alert on the queue's age");
  }

  @Test
  void aReminderIsNoConversationOfTheIncidents() {
    ended(Severity.CRITICAL, Map.of());
    at(rounds(), "2026-03-06T09:00:00Z");
    Message message = outbox.deliveries(Optional.empty(), 1).getFirst().message();
    assertThat(message.transition()).hasToString("0-reminder-2");
    assertThat(message.dedupKey()).isEqualTo(message.incident().id() + "-postmortem-2026-03-06");
  }
}

package io.tocsin;

import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Message;
import io.tocsin.notify.Outbox;
import io.tocsin.notify.Reminder;
import io.tocsin.notify.ReminderMessages;
import io.tocsin.postmortem.ActionItem;
import io.tocsin.postmortem.DuePolicy;
import io.tocsin.postmortem.DueReminders;
import io.tocsin.postmortem.Review;
import io.tocsin.postmortem.ReviewDesk;
import io.tocsin.postmortem.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reminds of post-mortems and action items that are due: once for each step, also across restarts,
 * since the outbox remembers what was planned.
 *
 * @param told what this process knows to be planned already
 */
record FollowUpRounds(
    IncidentStore incidents,
    ReviewDesk reviews,
    Outbox outbox,
    Supplier<DuePolicy> policy,
    Supplier<ReminderMessages> messages,
    Set<String> told) {

  private static final Logger log = LoggerFactory.getLogger(FollowUpRounds.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int PAGE = 500;
  private static final int PAGES = 4;
  private static final int MOST_DELIVERIES = 1000;
  private static final int REMEMBERED = 10_000;

  FollowUpRounds(
      IncidentStore incidents,
      ReviewDesk reviews,
      Outbox outbox,
      Supplier<DuePolicy> policy,
      Supplier<ReminderMessages> messages) {
    this(incidents, reviews, outbox, policy, messages, new HashSet<>());
  }

  /** Goes round from now on. */
  static void begin(Chores chores, Server.Parts parts) {
    EngineRoom engine = parts.engine();
    var rounds =
        new FollowUpRounds(
            parts.stores().incidents(),
            parts.reviews(),
            parts.stores().outbox(),
            () -> engine.desk().due(),
            () -> new ReminderMessages(engine.routes(), engine.receivers(), engine.roster()));
    chores.every(PAUSE, "reminders of what is due", () -> rounds.round(parts.clock().instant()));
  }

  /** Reminds of what is due. Blocks; for one thread. */
  void round(Instant now) {
    if (told.size() > REMEMBERED) {
      told.clear();
    }
    for (Reminder reminder : due(now)) {
      remind(reminder, now);
    }
  }

  private List<Reminder> due(Instant now) {
    DuePolicy policy = this.policy.get();
    var due = new ArrayList<Reminder>();
    for (Story story : reviews.stories(ended(policy, now))) {
      if (story.state() != Review.State.PUBLISHED) {
        story
            .dueAt()
            .flatMap(at -> DueReminders.postmortem(story.incident(), at, policy, now))
            .ifPresent(due::add);
      }
    }
    for (ActionItem item : reviews.store().openActions(PAGE)) {
      if (item.dueOn().flatMap(day -> policy.step(day, now)).isPresent()) {
        incidents
            .find(item.incident())
            .flatMap(incident -> DueReminders.action(item, incident, policy, now))
            .ifPresent(due::add);
      }
    }
    return due;
  }

  /** Incidents whose post-mortem may be due about now, without their alerts. */
  private List<Incident> ended(DuePolicy policy, Instant now) {
    Duration longest =
        policy.required().compareTo(policy.recommended()) > 0
            ? policy.required()
            : policy.recommended();
    Instant since = now.minus(longest).minus(DuePolicy.LATEST).minus(Duration.ofDays(2));
    var ended = new ArrayList<Incident>();
    Optional<Instant> before = Optional.empty();
    for (int page = 0; page < PAGES; page++) {
      List<Incident> found =
          incidents.outlines(
              new IncidentStore.Filter(
                  List.of(Incident.State.RESOLVED), List.of(), before, Optional.of(since), PAGE));
      ended.addAll(found);
      if (found.size() < PAGE) {
        break;
      }
      before = Optional.of(found.getLast().openedAt());
    }
    return ended;
  }

  private void remind(Reminder reminder, Instant now) {
    String name = reminder.key() + ":" + reminder.transition();
    if (told.contains(name)) {
      return;
    }
    if (planned(reminder)) {
      told.add(name);
      return;
    }
    List<Message> planned =
        incidents
            .find(reminder.incident().id())
            .map(whole -> messages.get().of(reminder.about(whole), now))
            .orElse(List.of());
    if (!planned.isEmpty()) {
      outbox.commit(new Commit(List.of(), List.of(), List.of(), List.of(), planned));
      told.add(name);
      log.info("reminded: {}", reminder.text());
    }
  }

  /** Whoever it was planned for: people and routes may have changed since. */
  private boolean planned(Reminder reminder) {
    IncidentId incident = reminder.incident().id();
    return outbox.deliveries(Optional.of(incident), MOST_DELIVERIES).stream()
        .map(delivery -> delivery.message())
        .anyMatch(
            message ->
                message.dedupKey().equals(reminder.key())
                    && message.transition().equals(reminder.transition()));
  }
}

package io.tocsin.notify;

import io.tocsin.oncall.Contact;
import io.tocsin.oncall.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Who hears a reminder: the person who owes it, by the first of their contact rules that makes no
 * alarm; else the receivers that the incident's routes name. A reminder wakes nobody, so pagers,
 * telephones and issue trackers are left out.
 */
public final class ReminderMessages {

  /** Kinds that call people to an emergency, or keep one record per incident. */
  private static final Set<String> NOT_FOR_REMINDERS =
      Set.of("pagerduty", "opsgenie", "twilio", "alertmanager", "jira", "github", "gitlab");

  private final Audience audience;
  private final Receivers receivers;
  private final OnCall onCall;

  public ReminderMessages(RoutingTree tree, Receivers receivers, OnCall onCall) {
    this.audience = new Audience(tree, receivers);
    this.receivers = receivers;
    this.onCall = onCall;
  }

  /** The messages; none where nobody can be told quietly. */
  public List<Message> of(Reminder reminder, Instant now) {
    var messages = new ArrayList<Message>();
    for (Destination destination : destinations(reminder, now)) {
      messages.add(
          new Message(
              destination,
              reminder.key(),
              reminder.transition(),
              Extent.cut(reminder.incident()),
              reminder.text(),
              "reminder" + reminder.person().map(name -> " for " + name).orElse(""),
              now));
    }
    return messages;
  }

  private SequencedSet<Destination> destinations(Reminder reminder, Instant now) {
    SequencedSet<Destination> own =
        reminder.person().map(name -> own(name, now)).orElseGet(LinkedHashSet::new);
    return own.isEmpty() ? routed(reminder) : own;
  }

  private SequencedSet<Destination> own(String person, Instant now) {
    List<Contact> contacts =
        onCall.contacts(List.of(new Target.OfPerson(person)), now).stream()
            .sorted(Comparator.comparing(Contact::after))
            .toList();
    for (Contact contact : contacts) {
      SequencedSet<Destination> quiet = quiet(receivers.of(contact.receiver()));
      if (!quiet.isEmpty()) {
        return quiet;
      }
    }
    return new LinkedHashSet<>();
  }

  private SequencedSet<Destination> routed(Reminder reminder) {
    return quiet(
        audience.of(reminder.incident()).stream()
            .filter(seat -> !seat.called())
            .map(seat -> seat.conversation().destination())
            .toList());
  }

  private static SequencedSet<Destination> quiet(List<Destination> all) {
    var quiet = new LinkedHashSet<Destination>();
    for (Destination destination : all) {
      if (!NOT_FOR_REMINDERS.contains(destination.kind())) {
        quiet.add(destination);
      }
    }
    return quiet;
  }
}

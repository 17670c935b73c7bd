package io.tocsin.web;

import io.tocsin.channel.ActionLinks;
import io.tocsin.channel.ActionLinks.Action;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Message;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What the page of a link that acts says.
 *
 * @param heading in a few words
 * @param subject the incident in a line; empty when it is not to be shown
 * @param explanation what happens, or why not
 * @param button the verb; empty when there is nothing to press
 * @param incidentPath where the incident is; empty when unknown
 */
public record ActionView(
    String heading, String subject, String explanation, String button, String incidentPath) {

  /**
   * @param who presses the button
   */
  static ActionView confirm(Action action, Incident incident, String who) {
    Optional<String> has = incident.acknowledgedBy().filter(it -> acknowledges(action));
    if (has.filter(who::equals).isPresent()) {
      return had(incident, "Opening this page changes nothing.", "I still have it");
    }
    return new ActionView(
        verb(action) + " this incident?",
        Message.name(incident),
        has.map(other -> other + " acknowledged it" + since(incident) + ". ").orElse("")
            + "Nothing has happened yet: opening this page changes nothing.",
        verb(action),
        path(incident));
  }

  /** Whoever has it pressed again. */
  static ActionView again(Incident incident) {
    return had(incident, "You can close this page.", "");
  }

  private static ActionView had(Incident incident, String more, String button) {
    return new ActionView(
        "Already acknowledged",
        Message.name(incident),
        "You acknowledged it" + since(incident) + ". " + more,
        button,
        path(incident));
  }

  static boolean acknowledges(Action action) {
    return action.verb() == ActionLinks.Verb.ACKNOWLEDGE;
  }

  private static String when(Instant at) {
    return " (" + Times.dayMinute(at) + ")";
  }

  private static String since(Incident incident) {
    return incident.acknowledgedAt().map(ActionView::when).orElse("");
  }

  static ActionView done(Action action, Incident incident) {
    return new ActionView(
        verb(action) + "d", Message.name(incident), "You can close this page.", "", path(incident));
  }

  static ActionView over(Incident incident) {
    boolean merged = incident.state() == Incident.State.MERGED;
    String when = incident.resolvedAt().map(ActionView::when).orElse("");
    return new ActionView(
        merged ? "Part of another incident" : "Already resolved",
        Message.name(incident),
        merged ? "It was merged, and goes on there." : "It ended" + when + ". Nothing to do.",
        "",
        path(incident));
  }

  static ActionView refused(Incident incident, String reason) {
    return new ActionView(
        "Nothing to do", Message.name(incident), "Because " + reason + ".", "", path(incident));
  }

  static ActionView expired() {
    return new ActionView(
        "This link has expired",
        "",
        "Links in messages work for three days. Use a newer message or the console.",
        "",
        "");
  }

  static ActionView unknown() {
    return new ActionView(
        "This link is not ours", "", "It was cut off or changed on its way.", "", "");
  }

  static ActionView away(String reason) {
    return new ActionView("Not yet", "", reason + ". Try again in a moment.", "Try again", "");
  }

  private static String verb(Action action) {
    String word = action.verb().name();
    return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String path(Incident incident) {
    return "/incidents/" + incident.id();
  }
}

package io.tocsin.web;

import io.tocsin.channel.ActionLinks.Action;
import io.tocsin.incident.Incident;
import java.util.Locale;

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

  static ActionView confirm(Action action, Incident incident) {
    return new ActionView(
        verb(action) + " this incident?",
        subject(incident),
        "Nothing has happened yet: opening this page changes nothing.",
        verb(action),
        path(incident));
  }

  static ActionView done(Action action, Incident incident) {
    return new ActionView(
        verb(action) + "d", subject(incident), "You can close this page.", "", path(incident));
  }

  static ActionView over(Incident incident, String reason) {
    return new ActionView(
        "Nothing to do", subject(incident), "Because " + reason + ".", "", path(incident));
  }

  static ActionView expired() {
    return new ActionView(
        "This link has expired",
        "",
        "Links in messages work for three days. Use a newer message or the console.",
        "",
        "/incidents");
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

  private static String subject(Incident incident) {
    return "#" + incident.number() + " " + incident.severity() + " " + incident.title();
  }

  private static String path(Incident incident) {
    return "/incidents/" + incident.id();
  }
}

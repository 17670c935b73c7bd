package io.tocsin.web;

import io.tocsin.incident.Incident;
import io.tocsin.postmortem.ActionItem;
import io.tocsin.postmortem.Postmortem;
import io.tocsin.postmortem.Review;
import io.tocsin.postmortem.Story;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * An incident's story as a page.
 *
 * @param now when it was read
 * @param story how it stands
 * @param document its newest version, if there is one
 * @param actions what is to be done because of it, done or not
 * @param trackers receivers that keep issues
 * @param typed words for the public that were typed and not kept
 * @param trouble why the last form was not done; empty when it was
 */
public record PostmortemView(
    Instant now,
    Story story,
    Optional<Postmortem> document,
    List<ActionItem> actions,
    List<String> trackers,
    Optional<String> typed,
    String trouble) {

  private static final String FOR_CUSTOMERS = "## For affected customers";

  public PostmortemView {
    actions = List.copyOf(actions);
    trackers = List.copyOf(trackers);
  }

  public Incident incident() {
    return story.incident();
  }

  /** Where it is. */
  public String path() {
    return "/incidents/" + incident().id().value() + "/postmortem";
  }

  /** The text as HTML, safe to stand in a page. */
  public String html() {
    return document.map(found -> Markdown.html(found.markdown())).orElse("");
  }

  /** The number of that version, 0 when there is none. */
  public int version() {
    return document.map(Postmortem::version).orElse(0);
  }

  /** Whether a new draft would replace it. */
  public boolean drafted() {
    return document.filter(found -> found.origin() == Postmortem.Origin.DRAFTED).isPresent();
  }

  /** How far its review is. */
  public Review.State state() {
    return story.state();
  }

  /** The same in a word. */
  public static String word(Review.State state) {
    return switch (state) {
      case DRAFT -> "Draft";
      case IN_REVIEW -> "In review";
      case PUBLISHED -> "Published";
    };
  }

  /** Whether an issue may be made of an item. */
  public boolean exportable(ActionItem item) {
    return !trackers.isEmpty() && item.issue().isEmpty() && item.state() == ActionItem.State.OPEN;
  }

  /** Whether an action should have been done before today. */
  public boolean overdue(ActionItem item) {
    return item.overdue(LocalDate.ofInstant(now, ZoneOffset.UTC));
  }

  /**
   * What the public is told: what was typed, what is kept, or what the text itself has for
   * customers once somebody has written it.
   */
  public String summary() {
    return typed
        .or(() -> story.review().flatMap(Review::publicSummary))
        .orElseGet(() -> document.map(found -> forCustomers(found.markdown())).orElse(""));
  }

  static String forCustomers(String markdown) {
    int from = markdown.indexOf(FOR_CUSTOMERS);
    if (from < 0) {
      return "";
    }
    String rest = markdown.substring(from + FOR_CUSTOMERS.length());
    int end = rest.indexOf("\n## ");
    String words = (end < 0 ? rest : rest.substring(0, end)).strip();
    // The draft's own question to the writer stands in italics.
    return words.startsWith("_") && words.endsWith("_") ? "" : words;
  }
}

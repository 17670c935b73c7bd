package io.tocsin.web;

/**
 * Something that a search found.
 *
 * @param kind Incident, Alert, Check, Rule, Runbook, Page, Action
 * @param title what it is called
 * @param detail a few words more
 * @param href where it is; for an action that acts at once the address of its form
 * @param acts whether choosing it does something
 * @param warning what is asked first, as it cannot be undone; {@code ""} when nothing is
 */
public record SearchHit(
    String kind, String title, String detail, String href, boolean acts, String warning) {

  static SearchHit to(String kind, String title, String detail, String href) {
    return new SearchHit(kind, title, detail, href, false, "");
  }

  /** Something that is done at once. */
  static SearchHit act(String title, String href) {
    return new SearchHit("Action", title, "", href, true, "");
  }

  /** The same, asked first. */
  SearchHit asking(String words) {
    return new SearchHit(kind, title, detail, href, acts, words);
  }
}

package io.tocsin.web;

/**
 * Something that a search found.
 *
 * @param kind Incident, Alert, Check, Rule, Runbook, Page, Action
 * @param title what it is called
 * @param detail a few words more
 * @param href where it is; for an action that acts at once the address of its form
 * @param acts whether choosing it does something
 */
public record SearchHit(String kind, String title, String detail, String href, boolean acts) {

  static SearchHit to(String kind, String title, String detail, String href) {
    return new SearchHit(kind, title, detail, href, false);
  }
}

package io.tocsin.channel;

import io.tocsin.statuspage.News;
import io.tocsin.statuspage.PublicWords;
import io.tocsin.template.Markup;

/** The HTML part of a mail to a subscriber: everything said is text, never markup. */
final class NewsPage {

  private NewsPage() {}

  static String write(News.Words said, PublicWords words, String button) {
    return "<!doctype html><html lang=\""
        + words.language().label()
        + "\" dir=\""
        + words.language().direction()
        + "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
        + " content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">"
        + "</head><body style=\"margin:0;padding:16px;font-family:system-ui,-apple-system,"
        + "Segoe UI,sans-serif;font-size:16px;line-height:1.5\">"
        + "<div style=\"max-width:600px;margin:0 auto\">"
        + "<h1 style=\"font-size:20px;line-height:1.3;margin:0 0 12px\">"
        + Markup.escape(said.title())
        + "</h1><p style=\"margin:0 0 16px;white-space:pre-line\">"
        + Markup.escape(said.text())
        + "</p><p style=\"margin:20px 0\"><a style=\"display:inline-block;padding:12px 20px;"
        + "border-radius:8px;background:#1d5fc4;color:#ffffff;font-weight:600;"
        + "text-decoration:none\" href=\""
        + Markup.escape(said.link())
        + "\">"
        + Markup.escape(button)
        + "</a></p></div></body></html>";
  }

  static String foot(PublicWords words, String manage, String leave) {
    return "<p style=\"font-size:13px;opacity:.75\">"
        + link(manage, words.say("mail.manage"))
        + " &middot; "
        + link(leave, words.say("mail.unsubscribe"))
        + "</p>";
  }

  private static String link(String address, String text) {
    return "<a style=\"color:inherit\" href=\""
        + Markup.escape(address)
        + "\">"
        + Markup.escape(text)
        + "</a>";
  }
}

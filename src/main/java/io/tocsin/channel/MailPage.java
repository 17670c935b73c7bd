package io.tocsin.channel;

import io.tocsin.template.Markup;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mail's HTML part: inline styles, since mail programs drop style sheets; colours that hold in
 * light and dark; one primary button.
 */
final class MailPage {

  private static final String FONT = "font-family:system-ui,-apple-system,Segoe UI,sans-serif";

  private MailPage() {}

  /**
   * What it says.
   *
   * @param color of the bar beside the title
   * @param acknowledge address of the primary button; when empty, opening is primary
   */
  record Content(
      String title,
      String text,
      String color,
      Map<String, String> facts,
      List<String> lines,
      Optional<String> acknowledge,
      String open) {}

  static String write(Content content) {
    var page = new StringBuilder();
    page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\">")
        .append("<meta name=\"color-scheme\" content=\"light dark\">")
        .append("<meta name=\"supported-color-schemes\" content=\"light dark\"></head>")
        .append("<body style=\"margin:0;padding:16px;")
        .append(FONT)
        .append(";font-size:16px;line-height:1.5\"><div style=\"max-width:600px;margin:0 auto\">");
    page.append("<h1 style=\"font-size:20px;line-height:1.3;margin:0 0 12px;padding-left:12px;")
        .append("border-left:4px solid ")
        .append(content.color)
        .append("\">")
        .append(Markup.escape(content.title))
        .append("</h1><p style=\"margin:0 0 16px;white-space:pre-line\">")
        .append(Markup.escape(content.text))
        .append("</p>");
    facts(page, content.facts);
    lines(page, content.lines);
    buttons(page, content);
    return page.append("</div></body></html>").toString();
  }

  private static void facts(StringBuilder page, Map<String, String> facts) {
    page.append("<table role=\"presentation\" style=\"border-collapse:collapse;font-size:14px\">");
    facts.forEach(
        (name, value) ->
            page.append("<tr><td style=\"padding:2px 16px 2px 0;opacity:.75\">")
                .append(Markup.escape(name))
                .append("</td><td style=\"padding:2px 0\">")
                .append(Markup.escape(value))
                .append("</td></tr>"));
    page.append("</table>");
  }

  private static void lines(StringBuilder page, List<String> lines) {
    if (!lines.isEmpty()) {
      page.append("<ul style=\"padding-left:20px;font-size:14px\">");
      lines.forEach(line -> page.append("<li>").append(Markup.escape(line)).append("</li>"));
      page.append("</ul>");
    }
  }

  private static void buttons(StringBuilder page, Content content) {
    page.append("<p style=\"margin:20px 0 0\"><a style=\"display:inline-block;padding:12px 20px;")
        .append("border-radius:8px;background:#1d5fc4;color:#ffffff;font-weight:600;")
        .append("text-decoration:none\" href=\"")
        .append(Markup.escape(content.acknowledge.orElse(content.open)))
        .append("\">")
        .append(content.acknowledge.isPresent() ? "Acknowledge" : "Open the incident")
        .append("</a>");
    content.acknowledge.ifPresent(
        link ->
            page.append(" &nbsp; <a href=\"")
                .append(Markup.escape(content.open))
                .append("\">Open the incident</a>"));
    page.append("</p>");
  }
}

package io.tocsin.model.report;

import io.tocsin.model.report.Block.Cell;
import io.tocsin.model.report.Block.Tone;
import io.tocsin.template.Markup;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A report as one HTML document that needs nothing else: inline styles, since mail programs drop
 * style sheets; no script, no picture, no address of others; colours that hold on white and on
 * black. Every foreign text is escaped.
 */
public final class ReportHtml {

  private static final String FAINT = "opacity:.7";
  private static final String LINE = "border-bottom:1px solid rgba(128,128,128,.35)";
  private static final String ROW = "<tr style=\"vertical-align:top;" + LINE + "\">";
  private static final int SHORT = 14;
  private static final String TABLE =
      "<div style=\"overflow-x:auto\"><table cellpadding=\"4\" style=\"border-collapse:collapse;"
          + "width:100%;font-size:14px;text-align:left\"><thead>"
          + ROW;
  private static final String BAR = "#3d7dd8";
  private static final int COLUMN_PIXELS = 48;

  private final StringBuilder page = new StringBuilder();

  private ReportHtml() {}

  /**
   * The whole report.
   *
   * @param open where it is to be opened, for readers of a mail
   */
  public static String of(ModelReport report, Optional<URI> open) {
    var it = new ReportHtml();
    it.head(report);
    open.ifPresent(it::link);
    Parts.of(report).forEach(it::part);
    return it.page.append("</div></body></html>").toString();
  }

  private void head(ModelReport report) {
    page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<meta name=\"color-scheme\" content=\"light dark\">")
        .append("<meta name=\"supported-color-schemes\" content=\"light dark\"><title>")
        .append(escape(report.model() + " " + report.day()))
        .append("</title></head><body style=\"margin:0;padding:16px;color-scheme:light dark;")
        .append("font-family:system-ui,-apple-system,Segoe UI,sans-serif;font-size:15px;")
        .append("line-height:1.5\"><div style=\"max-width:720px;margin:0 auto;")
        .append("overflow-wrap:break-word\"><h1 style=\"font-size:22px;line-height:1.3;margin:0\">")
        .append(escape(report.model()))
        .append("</h1><p style=\"margin:2px 0 16px;" + FAINT + "\">")
        .append(escape(Parts.subtitle(report)))
        .append("</p>");
    Retraining retraining = report.retraining();
    page.append("<div style=\"border-left:5px solid ")
        .append(color(retraining.verdict()))
        .append(";background:rgba(128,128,128,.12);padding:10px 14px;border-radius:4px\">")
        .append("<h2 style=\"font-size:18px;margin:0 0 4px\">")
        .append(escape(Parts.verdict(retraining.verdict())))
        .append("</h2>");
    items(retraining.reasons());
    page.append("</div>");
  }

  private static String color(Retraining.Verdict verdict) {
    return switch (verdict) {
      case RETRAIN, FIX_THE_DATA -> color(Tone.BAD);
      case WATCH -> color(Tone.WARNING);
      case NO_ACTION -> color(Tone.GOOD);
      case NOT_ENOUGH_DATA -> "#808080";
    };
  }

  /** Of badges: white on each of them reads with a contrast of 4.5 and more. */
  private static String color(Tone tone) {
    return switch (tone) {
      case BAD -> "#c62828";
      case WARNING -> "#a85800";
      case GOOD -> "#2e7d32";
      case PLAIN, FAINT -> "inherit";
    };
  }

  private void link(URI open) {
    page.append("<p style=\"margin:12px 0 0\"><a style=\"display:inline-block;padding:8px 14px;")
        .append("border-radius:6px;background:#1d5fc4;color:#ffffff;font-weight:600;")
        .append("text-decoration:none\" href=\"")
        .append(escape(open.toString()))
        .append("\">Open the report</a></p>");
  }

  private void part(Part part) {
    page.append("<h2 style=\"font-size:17px;line-height:1.3;margin:26px 0 6px\">")
        .append(escape(part.title()))
        .append("</h2>");
    part.blocks().forEach(this::block);
  }

  private void block(Block block) {
    switch (block) {
      case Block.Text(String words) ->
          page.append("<p style=\"margin:6px 0\">").append(escape(words)).append("</p>");
      case Block.Items(List<String> lines) -> items(lines);
      case Block.Table table -> table(table);
      case Block.Bars bars -> bars(bars);
      case Block.Columns columns -> columns(columns);
    }
  }

  private void items(List<String> lines) {
    page.append("<ul style=\"margin:4px 0;padding-left:20px\">");
    lines.forEach(line -> page.append("<li>").append(escape(line)).append("</li>"));
    page.append("</ul>");
  }

  private void table(Block.Table table) {
    page.append(TABLE);
    for (int i = 0; i < table.heads().size(); i++) {
      page.append("<th scope=\"col\">").append(escape(table.heads().get(i))).append("</th>");
    }
    page.append("</tr></thead><tbody>");
    for (List<Cell> row : table.rows()) {
      page.append(ROW);
      for (int i = 0; i < row.size(); i++) {
        cell(row.get(i), i == 0);
      }
      page.append("</tr>");
    }
    page.append("</tbody></table></div>");
  }

  private void cell(Cell cell, boolean name) {
    page.append("<td");
    if (name) {
      double ems = Math.min(6.5, cell.text().length() * 0.6);
      page.append(
          String.format(Locale.ROOT, " style=\"overflow-wrap:anywhere;min-width:%.1fem\"", ems));
    } else if (cell.text().length() <= SHORT) {
      page.append(" style=\"white-space:nowrap\"");
    }
    page.append('>');
    switch (cell.tone()) {
      case PLAIN -> page.append(escape(cell.text()));
      case FAINT ->
          page.append("<span style=\"" + FAINT + "\">")
              .append(escape(cell.text()))
              .append("</span>");
      case GOOD, WARNING, BAD ->
          page.append("<span style=\"background:")
              .append(color(cell.tone()))
              .append(";color:#ffffff;padding:1px 7px;border-radius:9px;white-space:nowrap\">")
              .append(escape(cell.text()))
              .append("</span>");
    }
    page.append("</td>");
  }

  private void bars(Block.Bars bars) {
    page.append(TABLE)
        .append("<th scope=\"col\" style=\"width:7em\">")
        .append(escape(bars.name()))
        .append("</th><th scope=\"col\">")
        .append(escape(bars.unit()))
        .append("</th></tr></thead><tbody>");
    for (Block.Bar bar : bars.bars()) {
      page.append("<tr><td style=\"white-space:nowrap\">")
          .append(escape(bar.label()))
          .append("</td><td><div style=\"display:inline-block;height:12px;")
          .append("vertical-align:middle;border-radius:2px;background:" + BAR + ";width:")
          .append(String.format(Locale.ROOT, "%.1f", 45 * bar.length()))
          .append("%;min-width:2px\"></div> <span style=\"white-space:nowrap\">")
          .append(escape(bar.words()))
          .append("</span></td></tr>");
    }
    page.append("</tbody></table></div>");
  }

  private void columns(Block.Columns columns) {
    page.append("<p style=\"margin:12px 0 4px;font-size:14px\">")
        .append(escape(columns.caption()))
        .append("</p><table role=\"presentation\" style=\"border-collapse:collapse;width:100%;")
        .append("table-layout:fixed\"><tr>");
    for (int i = 0; i < columns.heights().size(); i++) {
      double height = columns.heights().get(i);
      page.append("<td title=\"")
          .append(escape(columns.words().get(i)))
          .append("\" style=\"height:" + (COLUMN_PIXELS + 6) + "px;padding:0 1px;")
          .append("vertical-align:bottom;" + LINE + "\">");
      if (height >= 0) {
        page.append("<div style=\"background:" + BAR + ";height:")
            .append(Math.round(6 + COLUMN_PIXELS * height))
            .append("px\"></div>");
      }
      page.append("</td>");
    }
    page.append("</tr></table>");
  }

  /** Control characters and those that turn the direction of writing are left out. */
  private static String escape(String text) {
    return Markup.escape(
            text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]+", " "))
        .replace("'", "&#39;");
  }
}

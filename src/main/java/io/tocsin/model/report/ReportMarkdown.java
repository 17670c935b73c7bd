package io.tocsin.model.report;

import io.tocsin.template.Markdown;
import java.util.List;
import java.util.stream.Collectors;

/** A report as Markdown (CommonMark with GitHub's tables); names of others mean nothing in it. */
public final class ReportMarkdown {

  private final StringBuilder page = new StringBuilder();

  private ReportMarkdown() {}

  /** The whole report. */
  public static String of(ModelReport report) {
    var it = new ReportMarkdown();
    it.head(report);
    Parts.of(report).forEach(it::part);
    return it.page.toString();
  }

  private void head(ModelReport report) {
    page.append("# Daily report of model ").append(Markdown.text(report.model())).append("\n\n");
    page.append(Markdown.text(Parts.subtitle(report))).append("\n\n## ");
    page.append(Parts.verdict(report.retraining().verdict())).append("\n\n");
    items(report.retraining().reasons());
  }

  private void part(Part part) {
    page.append("\n## ").append(Markdown.text(part.title())).append('\n');
    part.blocks()
        .forEach(
            block -> {
              page.append('\n');
              block(block);
            });
  }

  private void block(Block block) {
    switch (block) {
      case Block.Text(String words) -> page.append(Markdown.text(words)).append('\n');
      case Block.Items(List<String> lines) -> items(lines);
      case Block.Table table ->
          table(
              table.heads(),
              table.rows().stream()
                  .map(row -> row.stream().map(Block.Cell::text).toList())
                  .toList());
      case Block.Bars bars ->
          table(
              List.of(bars.name(), bars.unit()),
              bars.bars().stream().map(bar -> List.of(bar.label(), bar.words())).toList());
      case Block.Columns columns -> {
        page.append(Markdown.text(columns.caption())).append("\n\n");
        items(columns.words());
      }
    }
  }

  private void items(List<String> lines) {
    lines.forEach(line -> page.append("- ").append(Markdown.text(line)).append('\n'));
  }

  private void table(List<String> heads, List<List<String>> rows) {
    row(heads);
    page.append("| --- |").append(" ---: |".repeat(heads.size() - 1)).append('\n');
    rows.forEach(this::row);
  }

  private void row(List<String> cells) {
    page.append(
        cells.stream().map(Markdown::text).collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}

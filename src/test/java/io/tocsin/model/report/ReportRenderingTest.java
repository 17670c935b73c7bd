package io.tocsin.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportRenderingTest {

  private static final Pattern TAG = Pattern.compile("<(/?)([^\\s>]*)([^>]*)>");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\s([^\\s=\"]+)=\"([^\"]*)\"");
  private static final List<String> TAGS =
      List.of(
          "!doctype",
          "html",
          "head",
          "meta",
          "title",
          "body",
          "div",
          "h1",
          "h2",
          "p",
          "a",
          "ul",
          "li",
          "table",
          "thead",
          "tbody",
          "tr",
          "th",
          "td",
          "span");
  private static final List<String> ATTRIBUTES =
      List.of(
          "lang",
          "charset",
          "cellpadding",
          "name",
          "content",
          "style",
          "href",
          "scope",
          "role",
          "title");

  private static String html(ModelReport report) {
    return ReportHtml.of(report, Optional.of(URI.create("https://ops.example.com/models/x")));
  }

  @Test
  void aReportSaysEverythingInMarkdown() {
    assertThat(ReportMarkdown.of(ReportSamples.full("ranker", "price")))
        .startsWith("# Daily report of model ranker\n")
        .contains("Friday, 20 November 2026, Europe/Berlin: 48,211 predictions")
        .contains("## Retrain the model\n\n- accuracy of 7 days fell by 3.4 points")
        .contains("| 7 days | 93.0 % | 91.8 % to 94.1 % | 7,000 | -0.42 points | \\< 0.001 |")
        .contains("| 30 days | 95.9 % | 94.7 % to 97.0 % | 29,000 | -0.10 points | 0.210 |")
        .contains("| 7 days | 12.25 | 17.50 | 0.913 | 7,000 |")
        .contains("- 2026-10-29: no truths\n")
        .contains("48,000 rows of the day carry a confidence: mean 0.912, standard deviation 0.061")
        .contains("| 0.90 to 1.00 | 35,000 (72.9 %) |")
        .contains("| 0.80 | 2,000 | 85.0 % |")
        .contains("| price drifted | critical | 0.310 | 0.011 | +0.155 | 48,000 |")
        .contains("| returning | cannot be told |  |  |  | 40 |")
        .contains("- returning: 40 rows (200 needed), reference 9000 (1000 needed)\n")
        .contains("| price drifted | critical | 8.00 % | 0.05 % | 0.10 % |")
        .contains("nDCG 0.930")
        .contains("| price moved | down 2 |")
        .contains("Of 50,000 predictions of 7 days that wait for a truth, 29,000 have it (58.0 %).")
        .contains("it came 3 h 12 min after")
        .contains("| price alert | 11:15 | data drift | critical | price mean up 0.52")
        .contains("| price v3 | champion | 94.5 %")
        .contains("Outcome: the challenger is better.")
        .contains("z 7.16, p \\< 0.001");
  }

  @Test
  void whereThereIsNoDataItIsSaidInWords() {
    for (String page :
        List.of(
            html(ReportSamples.empty("ranker")),
            ReportMarkdown.of(ReportSamples.empty("ranker")))) {
      assertThat(page)
          .contains("Not enough data to say")
          .contains("0 predictions")
          .contains("No truth is known for any prediction of these 30 days")
          .contains("No prediction of the day carries a confidence.")
          .contains("No input is known yet")
          .contains("No rows of the day: nothing to judge.")
          .contains("Fewer than two snapshots of importance are known")
          .contains("has an id that a truth could name")
          .contains("No drift rule raised an alert")
          .contains("Fewer than two versions have truths")
          .doesNotContain("NaN", "Optional", "null");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\" onmouseover=\"alert(1)",
        "' style='x",
        "<img src=x onerror=alert(1)>",
        "</td></tr></table><h1>mine",
        "&lt;b&gt; &amp; &#x3c;",
        "[click](javascript:alert(1))",
        "![x](https://evil.example.com/x.png)",
        "a | b || c",
        "`code` *bold* _it_ # head",
        "line\nbreak\r\n\r\n# heading",
        "nul\u0000 and bell\u0007",
        "turned \u202e round",
        "price \ud83d\udcc8 \u00e4\u00f6\u00fc \u4ef7\u683c"
      })
  void whatOthersNamedShowsAsItIsAndMeansNothing(String hostile) {
    ModelReport report = ReportSamples.full(hostile, hostile);
    String shown =
        hostile.replaceAll("[\\p{Cntrl}\\u202a-\\u202e]+", " ").replaceAll(" +", " ").strip();

    String html = html(report);
    Matcher tags = TAG.matcher(html);
    while (tags.find()) {
      assertThat(TAGS).contains(tags.group(2));
      Matcher attributes = ATTRIBUTE.matcher(tags.group(3));
      String rest = tags.group(3);
      while (attributes.find()) {
        assertThat(ATTRIBUTES).contains(attributes.group(1));
        rest = rest.replace(attributes.group(), "");
      }
      assertThat(rest.strip()).isIn("", "html");
    }
    assertThat(html.split("<a ")).hasSize(2);
    assertThat(html).contains("href=\"https://ops.example.com/models/x\">Open the report</a>");
    assertThat(html.chars()).allMatch(c -> c >= ' ');
    String read =
        html.replaceAll("<[^>]*>", " ")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
            .replaceAll(" +", " ");
    assertThat(read.split(Pattern.quote(shown), -1)).hasSizeGreaterThan(8);

    String text =
        TextContentRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .build()
            .render(
                Parser.builder()
                    .extensions(List.of(TablesExtension.create()))
                    .build()
                    .parse(ReportMarkdown.of(report)));
    assertThat(text.replaceAll(" +", " ").split(Pattern.quote(shown), -1)).hasSizeGreaterThan(7);
  }

  @Test
  void aThousandInputsAreCutAndItIsSaid() {
    ModelReport one = ReportSamples.full("ranker", "price");
    var many =
        java.util.stream.IntStream.range(0, 1000).mapToObj(i -> one.inputs().get(0)).toList();
    ModelReport wide =
        new ModelReport(
            one.model(),
            one.day(),
            one.zone(),
            one.madeAt(),
            one.from(),
            one.to(),
            one.predictions(),
            one.week(),
            one.month(),
            one.days(),
            one.confidence(),
            one.importance(),
            one.compared(),
            many,
            one.labels(),
            one.alerts(),
            one.versions(),
            one.retraining());

    assertThat(html(wide))
        .contains("950 more are left out here; the JSON form has all.")
        .hasSizeLessThan(100_000);
  }
}

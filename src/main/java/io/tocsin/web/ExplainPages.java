package io.tocsin.web;

import io.tocsin.explain.Episode;
import io.tocsin.explain.Explanation;
import io.tocsin.explain.Facts;
import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.postmortem.AlertGraph;
import io.tocsin.postmortem.SvgChart;
import io.tocsin.series.SeriesPoints;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Why somebody was, or was not, paged by an alert. */
final class ExplainPages {

  private final ConsolePorts ports;
  private final ConsolePage page;

  ExplainPages(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/alerts/:fingerprint", this::show);
  }

  /** The value over time as an image's address, empty text when there is nothing to draw. */
  private static String chart(Facts facts) {
    String svg = facts.curve().map(curve -> draw(facts.episode(), curve)).orElse("");
    return svg.isEmpty()
        ? ""
        : "data:image/svg+xml;base64,"
            + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
  }

  private static String draw(Episode episode, Facts.Curve curve) {
    if (curve.points().isEmpty()) {
      return "";
    }
    var points =
        new SeriesPoints(
            episode.labels(),
            curve.points().stream().mapToLong(point -> point.at().toEpochMilli()).toArray(),
            curve.points().stream().mapToDouble(Facts.Point::value).toArray());
    return SvgChart.draw(
        episode.alert(), new AlertGraph(episode.key(), points, curve.threshold(), curve.unit()));
  }

  private Reply show(Request request) {
    String fingerprint = request.path("fingerprint");
    Facts facts =
        ports
            .witness()
            .facts(fingerprint, request.instant("at"))
            .orElseThrow(
                () ->
                    ProblemException.notFound(
                        "no alert " + fingerprint + " breached within the last 30 days"));
    return page.page(
        request,
        "console/explain.jte",
        facts.episode().spec().alertName(),
        Map.of(
            "explanation",
            Explanation.of(facts, page.now()),
            "chart",
            chart(facts),
            "episodes",
            ports.witness().episodes(fingerprint),
            "now",
            page.now()));
  }
}

package io.tocsin.web;

import io.tocsin.check.CheckObservation;
import io.tocsin.check.Verdict;
import io.tocsin.http.CheckDesk;
import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.SeriesPoints;
import io.tocsin.slo.DayUptime;
import io.tocsin.slo.UptimeSubject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks: filtered on the server; one with its runs, and what may be asked of it. */
final class CheckPages {

  private static final int LISTED = 50;
  private static final int MOST_RUNS = 5_000;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LATELY = Duration.ofMinutes(10);
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final String PHASES = "probe_http_duration_seconds";

  /**
   * The phases of an exchange in their order: as blackbox_exporter calls them, and as people do.
   */
  private static final List<Map.Entry<String, String>> NAMES =
      List.of(
          Map.entry("resolve", "DNS"),
          Map.entry("connect", "Connect"),
          Map.entry("tls", "TLS"),
          Map.entry("processing", "First byte"),
          Map.entry("transfer", "Transfer"));

  private final ConsolePorts ports;
  private final ConsolePage page;

  CheckPages(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/checks", this::list);
    page.get(router, "/checks/:name", this::show);
    page.get(router, "/checks/:name/days.svg", this::days);
    page.get(router, "/checks/:name/latency.svg", this::drawing);
    page.get(router, "/checks/:name/latency.json", this::points);
    page.post(router, "/checks/:name/run", this::run);
    page.post(router, "/checks/:name/pause", request -> pause(request, true));
    page.post(router, "/checks/:name/resume", request -> pause(request, false));
  }

  private Reply list(Request request) {
    String words = request.query("q").orElse("").toLowerCase(Locale.ROOT).strip();
    List<Verdict> states =
        request.query("state").isEmpty() ? List.of() : request.choices("state", Verdict.class);
    String kind = request.query("kind").orElse("");
    List<CheckRow> all = ports.checks().get();
    List<CheckRow> found =
        all.stream()
            .filter(row -> words.isEmpty() || named(row, words))
            .filter(row -> states.isEmpty() || states.contains(row.state()))
            .filter(row -> kind.isEmpty() || row.kind().equals(kind))
            .sorted(
                Comparator.comparing((CheckRow row) -> NowView.rank(row.state()))
                    .thenComparing(CheckRow::name))
            .toList();
    Slice<CheckRow> slice = Slice.of(found, request, LISTED);
    Map<String, CheckDesk.Listed> listed =
        ports.work().checks().all().stream()
            .collect(
                Collectors.toMap(one -> one.policy().name(), Function.identity(), (a, b) -> a));
    List<CheckRow> rows =
        slice.rows().stream()
            .map(row -> row.with(ports.work().latency().apply(row.name())))
            .toList();
    var parameters = new HashMap<String, Object>();
    parameters.put("slice", new Slice<>(rows, slice.page(), slice.size(), slice.total()));
    parameters.put("listed", listed);
    parameters.put("kinds", all.stream().map(CheckRow::kind).distinct().sorted().toList());
    parameters.put("address", address(request));
    parameters.put("now", page.now());
    return ConsolePage.asksForPart(request)
        ? page.part("console/checks-live.jte", parameters)
        : page.page(request, "console/checks.jte", "Checks", parameters);
  }

  private static boolean named(CheckRow row, String words) {
    return (row.name() + " " + row.component() + " " + row.kind())
        .toLowerCase(Locale.ROOT)
        .contains(words);
  }

  private static Address address(Request request) {
    var fields = new LinkedHashMap<String, String>();
    for (String name : List.of("q", "state", "kind", "page")) {
      fields.put(name, request.query(name).orElse(""));
    }
    return new Address("/checks", fields);
  }

  private CheckRow row(Request request) {
    String name = request.path("name");
    return ports.checks().get().stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .map(row -> row.with(ports.work().latency().apply(name)))
        .orElseThrow(() -> absent(name));
  }

  private static ProblemException absent(String name) {
    return ProblemException.notFound("there is no check " + name);
  }

  private CheckDesk.Listed listed(String name) {
    return ports.work().checks().all().stream()
        .filter(one -> one.policy().name().equals(name))
        .findFirst()
        .orElseThrow(() -> absent(name));
  }

  private List<CheckObservation> lastDay(String name) {
    Instant now = page.now();
    return ports.work().results().read(name, now.minus(DAY), now.plusMillis(1), MOST_RUNS);
  }

  private Optional<Instant> firstToday(String name) {
    Instant morning = page.now().truncatedTo(ChronoUnit.DAYS);
    return ports.work().results().read(name, morning, page.now().plusMillis(1), 1).stream()
        .findFirst()
        .map(run -> run.result().at());
  }

  private List<DayUptime> month(String name) {
    LocalDate today = LocalDate.ofInstant(page.now(), ZoneOffset.UTC);
    return ports
        .work()
        .uptime()
        .days(UptimeSubject.check(name), today.minusDays(DayStrip.DAYS - 1L), today);
  }

  private Reply show(Request request) {
    CheckRow row = row(request);
    List<CheckObservation> runs = lastDay(row.name());
    var view =
        new CheckView(
            page.now(),
            row,
            listed(row.name()),
            CheckView.failures(runs),
            runs.size(),
            firstToday(row.name()),
            month(row.name()),
            phases(row.name()),
            Powers.of(request.principal()));
    return ConsolePage.asksForPart(request)
        ? page.part("console/check-live.jte", Map.of("view", view))
        : page.page(request, "console/check.jte", row.name(), Map.of("view", view));
  }

  /** The mean of each phase over the last minutes; none when the probe tells none. */
  private List<CheckView.PhaseTime> phases(String check) {
    long to = page.now().toEpochMilli();
    List<SeriesPoints> series =
        ports
            .work()
            .reader()
            .select(
                List.of(Matcher.equal(Labels.NAME, PHASES), Matcher.equal("check", check)),
                to - LATELY.toMillis(),
                to);
    var phases = new ArrayList<CheckView.PhaseTime>();
    for (var name : NAMES) {
      Optional<SeriesPoints> its =
          series.stream()
              .filter(one -> one.labels().get("phase").equals(name.getKey()))
              .findFirst();
      its.ifPresent(
          points ->
              phases.add(
                  new CheckView.PhaseTime(
                      name.getValue(),
                      java.util.Arrays.stream(points.values()).average().orElse(0) * 1e3)));
    }
    return phases;
  }

  private Reply days(Request request) {
    String name = request.path("name");
    return ConsolePage.drawing(DayStrip.draw(month(name), page.now()), KEPT);
  }

  private Reply drawing(Request request) {
    SeriesPoints latency = CheckView.latency(lastDay(request.path("name")));
    long to = page.now().toEpochMilli();
    long from = latency.size() == 0 ? to - DAY.toMillis() : latency.timestamps()[0];
    return ConsolePage.drawing(LinesSvg.draw(List.of(latency), from, to), Duration.ofSeconds(20));
  }

  private Reply points(Request request) {
    SeriesPoints latency = CheckView.latency(lastDay(request.path("name")));
    return Reply.json(ChartJson.of(List.of(latency), List.of("run"), "seconds"))
        .with("Cache-Control", "no-store");
  }

  private Reply run(Request request) {
    String name = request.path("name");
    if (listed(name).paused()) {
      return refused(request, name + " is paused: resume it first");
    }
    ports.work().checks().run(name);
    return answer(request, Toast.done(name + " ran"));
  }

  private Reply pause(Request request, boolean rests) {
    String name = request.path("name");
    listed(name);
    ports.work().checks().pause(name, rests, request.principal().name());
    String undo = "/checks/" + Address.encoded(name) + (rests ? "/resume" : "/pause");
    return answer(request, Toast.done(name + (rests ? " rests" : " runs again"), undo));
  }

  private static Reply refused(Request request, String words) {
    if (ConsolePage.asksForPart(request)) {
      return Toast.trouble(words).reply(409);
    }
    throw ProblemException.conflict(words);
  }

  private static Reply answer(Request request, Toast toast) {
    return ConsolePage.asksForPart(request)
        ? toast.reply(204)
        : ConsolePage.to("/checks/" + Address.encoded(request.path("name")));
  }
}

package io.tocsin.web;

import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.label.Labels;
import io.tocsin.promql.Evaluator;
import io.tocsin.promql.Expr;
import io.tocsin.promql.Functions;
import io.tocsin.promql.ParseProblem;
import io.tocsin.promql.Parser;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.promql.Value;
import io.tocsin.promql.ValueType;
import io.tocsin.series.SeriesPoints;
import io.tocsin.settings.Durations;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Queries for people: typed with completion, answered as table and graph, shared by address. */
final class ExplorePages {

  private static final int ROWS = 200;
  private static final int LINES = 8;
  private static final int STEPS = 240;
  private static final int NAMES = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LONGEST = Duration.ofDays(31);
  private static final Duration KNOWN = Duration.ofHours(3);

  private final ConsolePorts ports;
  private final ConsolePage page;

  ExplorePages(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/explore", this::explore);
    page.get(router, "/explore/graph.svg", this::drawing);
    page.get(router, "/explore/graph.json", this::points);
    page.get(router, "/explore/names", this::names);
  }

  /** What is asked: over which stretch of time, milliseconds since the epoch. */
  private record Question(String query, String range, Instant at, long from, long to) {
    long step() {
      return Math.max(1_000, (to - from) / STEPS);
    }
  }

  private Question question(Request request) {
    String range = request.query("range").orElse("1h");
    Duration length =
        Durations.parse(range)
            .filter(Duration::isPositive)
            .filter(it -> it.compareTo(LONGEST) <= 0)
            .orElseThrow(() -> Request.wrong("range", range, "a duration up to 31d, as in 1h"));
    Instant at = request.instant("at").orElseGet(page::now);
    long to = at.toEpochMilli();
    String query = request.query("q").orElse("").strip();
    return new Question(query, range, at, to - length.toMillis(), to);
  }

  /** What a query comes to at one time and over a stretch. */
  private record Found(Value now, List<SeriesPoints> series, long millis) {}

  private Reply explore(Request request) {
    Question question = question(request);
    ExploreView view = view(request, question);
    var fields = new LinkedHashMap<String, String>();
    fields.put("q", question.query);
    fields.put("range", question.range);
    fields.put("at", request.query("at").orElse(""));
    return page.page(
        request,
        "console/explore.jte",
        "Explore",
        Map.of("view", view, "address", new Address("/explore", fields), "now", page.now()));
  }

  private ExploreView view(Request request, Question question) {
    if (question.query.isEmpty()) {
      return empty(question, "");
    }
    try {
      Found found = ask(request, question);
      List<ExploreView.Row> rows = rows(found.now);
      return new ExploreView(
          question.query,
          question.range,
          question.at,
          "",
          rows.stream().limit(ROWS).toList(),
          rows.size(),
          found.series.stream().limit(LINES).map(one -> one.labels().toString()).toList(),
          found.series.size(),
          found.millis,
          Stream.concat(found.now.notes().warnings().stream(), found.now.notes().infos().stream())
              .toList());
    } catch (ParseProblem wrong) {
      return empty(
          question,
          "line %d, column %d: %s"
              .formatted(wrong.span().line(), wrong.span().column(), wrong.reason()));
    } catch (QueryProblem problem) {
      return empty(question, String.valueOf(problem.getMessage()));
    }
  }

  private static ExploreView empty(Question question, String trouble) {
    return new ExploreView(
        question.query,
        question.range,
        question.at,
        trouble,
        List.of(),
        0,
        List.of(),
        0,
        0,
        List.of());
  }

  private static List<ExploreView.Row> rows(Value value) {
    return switch (value) {
      case Value.Vector vector ->
          vector.samples().stream()
              .map(one -> new ExploreView.Row(one.labels(), Times.figure(one.value())))
              .toList();
      case Value.Scalar scalar ->
          List.of(new ExploreView.Row(Labels.EMPTY, Times.figure(scalar.value())));
      case Value.Text text -> List.of(new ExploreView.Row(Labels.EMPTY, text.value()));
      case Value.Matrix matrix ->
          matrix.series().stream()
              .map(one -> new ExploreView.Row(one.labels(), one.size() + " samples"))
              .toList();
    };
  }

  /** Computes on the pool of people's queries, so that a heavy one slows nothing else. */
  private Found ask(Request request, Question question) {
    Expr expr = Parser.parse(question.query);
    try {
      return ports
          .work()
          .queries()
          .call(request, PATIENCE, stop -> compute(expr, question, stop))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case QueryProblem problem -> problem;
        case ProblemException busy -> busy;
        case null, default -> e;
      };
    }
  }

  private Found compute(Expr expr, Question question, BooleanSupplier stop) {
    long began = System.nanoTime();
    var evaluator = new Evaluator(ports.work().reader(), QueryLimits.DEFAULT.withStop(stop));
    Value now = evaluator.instant(expr, question.to);
    boolean drawable = expr.type() == ValueType.INSTANT_VECTOR || expr.type() == ValueType.SCALAR;
    List<SeriesPoints> series =
        drawable
            ? evaluator.range(expr, question.from, question.to, question.step()).series()
            : List.of();
    return new Found(now, series, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
  }

  private List<SeriesPoints> drawn(Request request, Question question) {
    try {
      return ask(request, question).series.stream().limit(LINES).toList();
    } catch (ParseProblem | QueryProblem wrong) {
      throw ProblemException.badRequest("q: " + wrong.getMessage());
    }
  }

  private Reply drawing(Request request) {
    Question question = question(request);
    return ConsolePage.drawing(
        LinesSvg.draw(drawn(request, question), question.from, question.to),
        Duration.ofSeconds(20));
  }

  private Reply points(Request request) {
    List<SeriesPoints> series = drawn(request, question(request));
    List<String> names = series.stream().map(one -> one.labels().toString()).toList();
    return Reply.json(ChartJson.of(series, names, "")).with("Cache-Control", "no-store");
  }

  /**
   * Names that begin as typed: metrics and functions, labels of a metric, or values of a label.
   *
   * @param kind what it is, in a word
   */
  private record Name(String name, String kind) {}

  private Reply names(Request request) {
    String prefix = request.query("prefix").orElse("").toLowerCase(Locale.ROOT);
    Optional<String> metric = request.query("metric");
    Optional<String> label = request.query("label");
    boolean labels = request.query("of").filter("labels"::equals).isPresent();
    var found = new ArrayList<Name>();
    if (label.isPresent()) {
      values(label.get(), metric).forEach(name -> found.add(new Name(name, "value")));
    } else if (labels) {
      labelNames(metric).forEach(name -> found.add(new Name(name, "label")));
    } else {
      values(Labels.NAME, Optional.empty()).forEach(name -> found.add(new Name(name, "metric")));
      Functions.names().forEach(name -> found.add(new Name(name, "function")));
    }
    List<Name> fitting =
        Stream.concat(
                found.stream().filter(one -> lower(one).startsWith(prefix)),
                found.stream()
                    .filter(one -> !lower(one).startsWith(prefix) && lower(one).contains(prefix)))
            .limit(NAMES)
            .toList();
    return Reply.json(Map.of("names", fitting));
  }

  private static String lower(Name name) {
    return name.name.toLowerCase(Locale.ROOT);
  }

  private Iterable<String> values(String label, Optional<String> metric) {
    long to = page.now().toEpochMilli();
    return ports.work().reader().labelValues(label, sets(metric), to - KNOWN.toMillis(), to);
  }

  private Iterable<String> labelNames(Optional<String> metric) {
    long to = page.now().toEpochMilli();
    return ports.work().reader().labelNames(sets(metric), to - KNOWN.toMillis(), to);
  }

  private static List<List<io.tocsin.label.Matcher>> sets(Optional<String> metric) {
    return metric
        .map(name -> List.of(List.of(io.tocsin.label.Matcher.equal(Labels.NAME, name))))
        .orElse(List.of());
  }
}

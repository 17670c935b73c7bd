package io.tocsin.model.report;

import io.tocsin.model.report.Block.Cell;
import io.tocsin.model.report.Block.Tone;
import io.tocsin.model.report.ModelReport.Errors;
import io.tocsin.model.report.ModelReport.ImportanceMoves;
import io.tocsin.model.report.ModelReport.Labels;
import io.tocsin.model.report.ModelReport.Period;
import io.tocsin.model.report.ModelReport.Share;
import io.tocsin.model.report.ModelReport.Versions;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A report in words: all its parts, in the order in which they are read. */
final class Parts {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final ModelReport report;
  private final ZoneId zone;

  private Parts(ModelReport report) {
    this.report = report;
    this.zone = ZoneId.of(report.zone());
  }

  static List<Part> of(ModelReport report) {
    var parts = new Parts(report);
    var inputs = new InputParts(report);
    return List.of(
        parts.accuracy(),
        inputs.confidence(),
        inputs.drift(),
        inputs.quality(),
        parts.importance(),
        parts.labels(),
        parts.alerts(),
        parts.versions(),
        parts.terms());
  }

  /** {@code Friday, 20 November 2026, Europe/Berlin: 12,345 predictions}. */
  static String subtitle(ModelReport report) {
    return "%s, %s: %s %s"
        .formatted(
            Figures.day(report.day()),
            report.zone(),
            Figures.count(report.predictions()),
            report.predictions() == 1 ? "prediction" : "predictions");
  }

  /** What the verdict is, as a sentence. */
  static String verdict(Retraining.Verdict verdict) {
    return switch (verdict) {
      case RETRAIN -> "Retrain the model";
      case WATCH -> "Watch the model";
      case FIX_THE_DATA -> "Fix the data first";
      case NO_ACTION -> "Nothing to do";
      case NOT_ENOUGH_DATA -> "Not enough data to say";
    };
  }

  private Part accuracy() {
    if (report.month().share().judged() == 0) {
      return Part.of(
          "Accuracy",
          new Block.Text(
              "No truth is known for any prediction of these 30 days, so accuracy cannot be"
                  + " told."));
    }
    var blocks = new ArrayList<Block>();
    blocks.add(
        new Block.Table(
            List.of("Days", "Accuracy", "95 % interval", "Truths", "Change a day", "p"),
            List.of(period("7 days", report.week()), period("30 days", report.month()))));
    if (report.week().errors().isPresent() || report.month().errors().isPresent()) {
      blocks.add(new Block.Text("Answers are numbers: accuracy counts exact hits only. Errors:"));
      blocks.add(
          new Block.Table(
              List.of("Days", "Mean size", "Root mean square", "R²", "Truths"),
              List.of(
                  errors("7 days", report.week().errors()),
                  errors("30 days", report.month().errors()))));
    }
    blocks.add(days());
    return new Part("Accuracy", blocks);
  }

  private static List<Cell> period(String name, Period period) {
    Share share = period.share();
    String interval =
        share.low().isPresent()
            ? Figures.percent(share.low()) + " to " + Figures.percent(share.high())
            : Figures.UNKNOWN;
    return List.of(
        Cell.of(name),
        Cell.of(Figures.percent(share.accuracy())),
        Cell.of(interval),
        Cell.of(Figures.count(share.judged())),
        period
            .trend()
            .map(
                it ->
                    new Cell(
                        Figures.points(it.slope()),
                        it.p() >= Retraining.SIGNIFICANCE
                            ? Tone.PLAIN
                            : it.slope() < 0 ? Tone.BAD : Tone.GOOD))
            .orElseGet(() -> new Cell("fewer than 3 days", Tone.FAINT)),
        Cell.of(period.trend().map(it -> Figures.p(it.p())).orElse("")));
  }

  private static List<Cell> errors(String name, Optional<Errors> errors) {
    return errors
        .map(
            it ->
                List.of(
                    Cell.of(name),
                    Cell.of(Figures.significant(it.absolute())),
                    Cell.of(Figures.significant(it.rootMeanSquare())),
                    Cell.of(
                        it.r2().isPresent()
                            ? Figures.decimal(it.r2().getAsDouble(), 3)
                            : Figures.UNKNOWN),
                    Cell.of(Figures.count(it.rows()))))
        .orElseGet(
            () ->
                List.of(
                    Cell.of(name), Cell.of("no truths"), Cell.of(""), Cell.of(""), Cell.of("0")));
  }

  private Block days() {
    double least = 1;
    double most = 0;
    for (Share day : report.days()) {
      if (day.accuracy().isPresent()) {
        least = Math.min(least, day.accuracy().getAsDouble());
        most = Math.max(most, day.accuracy().getAsDouble());
      }
    }
    var heights = new ArrayList<Double>();
    var words = new ArrayList<String>();
    for (Share day : report.days()) {
      double value = day.accuracy().orElse(-1);
      heights.add(value < 0 ? -1 : most > least ? (value - least) / (most - least) : 1);
      words.add(day.day() + ": " + (value < 0 ? "no truths" : Figures.percent(value) + " right"));
    }
    String range =
        most > least
            ? "from %s (lowest) to %s (highest)"
                .formatted(Figures.percent(least), Figures.percent(most))
            : "%s on each".formatted(Figures.percent(most));
    return new Block.Columns(
        "Accuracy of each of the 30 days, oldest first: " + range, heights, words);
  }

  private Part importance() {
    Optional<ImportanceMoves> known = report.importance();
    if (known.isEmpty()) {
      return Part.of(
          "Importance of inputs",
          new Block.Text("Fewer than two snapshots of importance are known: nothing to compare."));
    }
    ImportanceMoves moves = known.get();
    var blocks = new ArrayList<Block>();
    blocks.add(
        new Block.Text(
            "The order of %s against that of %s: nDCG %s (1 is the same order)."
                .formatted(
                    time(moves.now()), time(moves.before()), Figures.decimal(moves.ndcg(), 3))));
    if (moves.moves().isEmpty()) {
      blocks.add(new Block.Text("No input changed its place."));
    } else {
      blocks.add(new Block.Table(List.of("Input", "Places"), moves(moves.moves())));
    }
    return new Part("Importance of inputs", blocks);
  }

  private static List<List<Cell>> moves(Map<String, Integer> moves) {
    return moves.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<String, Integer> it) -> -Math.abs(it.getValue()))
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(InputParts.MOST_ROWS)
        .map(it -> List.of(Cell.of(it.getKey()), Cell.of(words(it.getValue()))))
        .toList();
  }

  private static String words(int places) {
    return (places > 0 ? "up " : "down ") + Math.abs(places);
  }

  private Part labels() {
    Labels labels = report.labels();
    if (labels.joinable() == 0) {
      return Part.of(
          "Delay of truths",
          new Block.Text("No prediction of these 7 days has an id that a truth could name."));
    }
    String delay =
        labels.delaySeconds().isPresent()
            ? " On average it came %s after the prediction."
                .formatted(Figures.time(labels.delaySeconds().getAsDouble()))
            : "";
    return Part.of(
        "Delay of truths",
        new Block.Text(
            "Of %s predictions of 7 days that wait for a truth, %s have it (%s).%s"
                .formatted(
                    Figures.count(labels.joinable()),
                    Figures.count(labels.known()),
                    Figures.percent((double) labels.known() / labels.joinable()),
                    delay)));
  }

  private Part alerts() {
    if (report.alerts().isEmpty()) {
      return Part.of(
          "Alerts", new Block.Text("No drift rule raised an alert about this model on this day."));
    }
    return Part.of(
        "Alerts",
        new Block.Table(
            List.of("Alert", "When", "Kind", "Level", "What"),
            report.alerts().stream()
                .limit(InputParts.MOST_ROWS)
                .map(
                    it ->
                        List.of(
                            Cell.of(it.name()),
                            Cell.of(CLOCK.format(it.at().atZone(zone))),
                            Cell.of(it.kind().replace('_', ' ')),
                            new Cell(
                                it.level(),
                                it.level().equals("critical") ? Tone.BAD : Tone.WARNING),
                            Cell.of(it.words())))
                .toList()));
  }

  private Part versions() {
    Optional<Versions> known = report.versions();
    if (known.isEmpty()) {
      return Part.of(
          "Versions",
          new Block.Text("Fewer than two versions have truths in 30 days: nothing to compare."));
    }
    Versions it = known.get();
    return Part.of(
        "Versions",
        new Block.Table(
            List.of("Version of 30 days", "Role", "Accuracy", "95 % interval", "Truths"),
            List.of(
                version(it.champion(), "champion", it.first()),
                version(it.challenger(), "challenger", it.second()))),
        new Block.Text(
            "Outcome: %s. Test: %s, z %s, p %s."
                .formatted(it.words(), it.test(), Figures.decimal(it.z(), 2), Figures.p(it.p()))));
  }

  private static List<Cell> version(String name, String role, Share share) {
    return List.of(
        Cell.of(name.isEmpty() ? "(no version)" : name),
        Cell.of(role),
        Cell.of(Figures.percent(share.accuracy())),
        Cell.of(Figures.percent(share.low()) + " to " + Figures.percent(share.high())),
        Cell.of(Figures.count(share.judged())));
  }

  private Part terms() {
    return Part.of(
        "What the words mean",
        new Block.Items(
            List.of(
                "PSI, the population stability index, says how far a distribution moved from its"
                    + " reference: from 0.1 a warning, from 0.2 critical, and only above its noise"
                    + " floor, which chance alone passes once in 1000 windows.",
                "Trend compares a PSI with the mean of up to seven reports before.",
                "p is the chance of such a figure if nothing had changed; below 0.01 it is called"
                    + " significant.",
                "The champion is the version with most truths of 30 days, the challenger the one"
                    + " with the next most.")),
        new Block.Text(
            "Made at %s (%s), of %s to %s."
                .formatted(time(report.madeAt()), zone, time(report.from()), time(report.to()))));
  }

  private String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }
}

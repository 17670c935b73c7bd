package io.tocsin.model.report;

import io.tocsin.model.report.Block.Bar;
import io.tocsin.model.report.Block.Cell;
import io.tocsin.model.report.Block.Tone;
import io.tocsin.model.report.ModelReport.Band;
import io.tocsin.model.report.ModelReport.Bin;
import io.tocsin.model.report.ModelReport.Confidence;
import io.tocsin.model.report.ModelReport.Input;
import io.tocsin.model.report.ModelReport.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** What a report says of the inputs, the answers and their confidence, in words. */
final class InputParts {

  /** A page shows the worst; the JSON has them all. */
  static final int MOST_ROWS = 50;

  private static final int MOST_REASONS = 20;

  private final ModelReport report;

  InputParts(ModelReport report) {
    this.report = report;
  }

  Part confidence() {
    Confidence it = report.confidence();
    var blocks = new ArrayList<Block>();
    if (it.rows() == 0) {
      blocks.add(new Block.Text("No prediction of the day carries a confidence."));
    } else {
      blocks.add(
          new Block.Text(
              "%s rows of the day carry a confidence: mean %s, standard deviation %s."
                  .formatted(Figures.count(it.rows()), ratio(it.mean()), ratio(it.sd()))));
    }
    if (!it.spread().isEmpty()) {
      blocks.add(new Block.Bars("Confidence", "rows of the day", bars(it.spread())));
    }
    List<Bin> judged = it.bins().stream().filter(bin -> bin.rows() > 0).toList();
    if (!judged.isEmpty()) {
      blocks.add(new Block.Text("How often answers of 7 days were right, by confidence:"));
      blocks.add(
          new Block.Table(
              List.of("Confidence from", "Truths", "Right"),
              judged.stream()
                  .map(
                      bin ->
                          List.of(
                              Cell.of(Figures.decimal(bin.low(), 2)),
                              Cell.of(Figures.count(bin.rows())),
                              Cell.of(Figures.percent((double) bin.right() / bin.rows()))))
                  .toList()));
    }
    return new Part("Confidence", blocks);
  }

  private static String ratio(OptionalDouble value) {
    return value.isPresent() ? Figures.decimal(value.getAsDouble(), 3) : Figures.UNKNOWN;
  }

  private static List<Bar> bars(List<Band> spread) {
    long most = spread.stream().mapToLong(Band::rows).max().orElse(1);
    long all = spread.stream().mapToLong(Band::rows).sum();
    return spread.stream()
        .map(
            band ->
                new Bar(
                    Figures.decimal(band.low(), 2) + " to " + Figures.decimal(band.high(), 2),
                    (double) band.rows() / most,
                    Figures.count(band.rows())
                        + " ("
                        + Figures.percent((double) band.rows() / all)
                        + ")"))
        .toList();
  }

  Part drift() {
    List<Input> inputs = report.inputs();
    if (inputs.isEmpty()) {
      return Part.of("Drift", new Block.Text("No input is known yet: no row has come in."));
    }
    var blocks = new ArrayList<Block>();
    ComparedRows.words(report).ifPresent(words -> blocks.add(new Block.Text(words)));
    blocks.add(
        new Block.Table(
            List.of("Input", "State", "PSI", "Noise floor", "Trend", "Rows"),
            inputs.stream().limit(MOST_ROWS).map(InputParts::drift).toList()));
    more(blocks, inputs.size());
    List<Input> untold = inputs.stream().filter(it -> it.score().isEmpty()).toList();
    if (!untold.isEmpty()) {
      blocks.add(new Block.Text("Why some cannot be told:"));
      blocks.add(
          new Block.Items(
              untold.stream()
                  .limit(MOST_REASONS)
                  .map(it -> it.name() + ": " + missingData(it))
                  .toList()));
    }
    return new Part("Drift against the reference", blocks);
  }

  private static void more(List<Block> blocks, int all) {
    if (all > MOST_ROWS) {
      blocks.add(
          new Block.Text(
              "%d more are left out here; the JSON form has all.".formatted(all - MOST_ROWS)));
    }
  }

  private static List<Cell> drift(Input it) {
    if (it.score().isEmpty()) {
      return List.of(
          Cell.of(it.name()),
          new Cell("cannot be told", Tone.FAINT),
          Cell.of(""),
          Cell.of(""),
          Cell.of(""),
          Cell.of(Figures.count(it.rows())));
    }
    return List.of(
        Cell.of(it.name()),
        state(it.state()),
        Cell.of(Figures.decimal(it.score().getAsDouble(), 3)),
        Cell.of(Figures.decimal(it.floor(), 3)),
        it.trend().isPresent()
            ? Cell.of(Figures.signed(it.trend().getAsDouble(), 3))
            : new Cell("first report", Tone.FAINT),
        Cell.of(Figures.count(it.rows())));
  }

  /** The reason stands before the shares of bad values, which the next part says. */
  private static String missingData(Input it) {
    int end = it.why().indexOf("; missing ");
    return end < 0 ? it.why() : it.why().substring(0, end);
  }

  Part quality() {
    List<Input> counted =
        report.inputs().stream()
            .filter(it -> it.missing().isPresent())
            .sorted(Comparator.comparing(InputParts::badness).reversed())
            .toList();
    if (counted.isEmpty()) {
      return Part.of("Data quality", new Block.Text("No rows of the day: nothing to judge."));
    }
    var blocks = new ArrayList<Block>();
    blocks.add(
        new Block.Table(
            List.of("Input", "State", "Missing", "Not seen before", "Out of range"),
            counted.stream()
                .limit(MOST_ROWS)
                .map(
                    it ->
                        List.of(
                            Cell.of(it.name()),
                            state(it.quality()),
                            Cell.of(Figures.share(it.missing())),
                            Cell.of(Figures.share(it.unseen())),
                            Cell.of(Figures.share(it.outside()))))
                .toList()));
    more(blocks, counted.size());
    return new Part("Data quality", blocks);
  }

  private static int badness(Input it) {
    return switch (it.quality()) {
      case INSUFFICIENT_DATA -> 0;
      case QUIET -> 1;
      case WARNING -> 2;
      case CRITICAL -> 3;
    };
  }

  private static Cell state(State state) {
    return switch (state) {
      case QUIET -> new Cell("as usual", Tone.GOOD);
      case WARNING -> new Cell("warning", Tone.WARNING);
      case CRITICAL -> new Cell("critical", Tone.BAD);
      case INSUFFICIENT_DATA -> new Cell("too few rows", Tone.FAINT);
    };
  }
}

package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The detectors there are: what each watches, its parameters, and how to start one. */
public enum ChangeDetector {
  /** Adaptive windowing. */
  ADWIN(Input.NUMBERS, Adwin::new, Adwin.PARAMETERS),
  /** Generalised likelihood ratio of error rates. */
  GLR(Input.UNIT, Glr::new, Glr.PARAMETERS),
  /** Adaptive windowing and likelihood ratio, whichever is first. */
  ADWIN_GLR(Input.UNIT, AdwinGlr::new, AdwinGlr.PARAMETERS),
  /** Page-Hinkley. */
  PAGE_HINKLEY(Input.NUMBERS, PageHinkley::of, PageHinkley.PARAMETERS),
  /** Drift detection method. */
  DDM(Input.BITS, Ddm::of, Ddm.PARAMETERS),
  /** Early drift detection method. */
  EDDM(Input.BITS, Eddm::of, Eddm.PARAMETERS),
  /** Reactive drift detection method. */
  RDDM(Input.BITS, Rddm::of, Rddm.PARAMETERS),
  /** Hoeffding's bound on means. */
  HDDM_A(Input.UNIT, HoeffdingAverage::new, HoeffdingAverage.PARAMETERS),
  /** McDiarmid's bound on weighted means. */
  HDDM_W(Input.UNIT, HoeffdingWeighted::new, HoeffdingWeighted.PARAMETERS),
  /** Kolmogorov-Smirnov windowing. */
  KSWIN(Input.NUMBERS, Kswin::new, Kswin.PARAMETERS),
  /** Cumulative sum around the running mean. */
  CUSUM(Input.NUMBERS, Cusum::of, Cusum.PARAMETERS),
  /** Cumulative sum around a frozen mean. */
  CUSUM_TABULAR(Input.NUMBERS, TabularCusum::new, TabularCusum.PARAMETERS),
  /** EWMA chart for error bits (ECDD). */
  EWMA(Input.BITS, Ecdd::of, Ecdd.PARAMETERS),
  /** EWMA control chart for numbers. */
  EWMA_CHART(Input.NUMBERS, EwmaChart::new, EwmaChart.PARAMETERS),
  /** Test of equal proportions. */
  STEPD(Input.BITS, Stepd::new, Stepd.PARAMETERS),
  /** Geometric moving average. */
  GMA(Input.NUMBERS, GeometricMovingAverage::of, GeometricMovingAverage.PARAMETERS);

  /** What a detector is made for. Others are not refused: some use means of any numbers. */
  public enum Input {
    /** 1 for an error, 0 for none. */
    BITS,
    /** Numbers from 0 to 1. */
    UNIT,
    /** Any finite numbers. */
    NUMBERS
  }

  private final Input input;
  private final Function<Options, Detector> start;
  private final List<Parameter> parameters;

  ChangeDetector(Input input, Function<Options, Detector> start, List<Parameter> parameters) {
    this.input = input;
    this.start = start;
    this.parameters = parameters;
  }

  /** The name in rule files and requests: {@code page_hinkley}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The detector with this id. */
  public static Optional<ChangeDetector> named(String name) {
    return Arrays.stream(values()).filter(kind -> kind.id().equals(name)).findFirst();
  }

  public Input input() {
    return input;
  }

  public List<Parameter> parameters() {
    return parameters;
  }

  /** Starts one with every parameter at its default. */
  public Detector start() {
    return start(Options.defaults(parameters));
  }

  /**
   * Starts one.
   *
   * @throws IllegalArgumentException when parameters contradict each other
   */
  public Detector start(Options options) {
    return start.apply(options);
  }
}

package io.tocsin.bench;

import io.tocsin.drift.NumericReference;
import io.tocsin.drift.Window;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Subject;
import io.tocsin.rule.drift.ModelHistory;
import io.tocsin.rule.drift.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A model whose inputs are drawn: standard normals in the reference and in every window, the first
 * one shifted. A window is drawn as counts in the reference's bins when it is asked for, so one
 * that is asked for twice differs.
 */
final class DrawnModel implements ModelHistory {

  private static final int REFERENCE_ROWS = 10_000;

  private final int rows;
  private final RandomGenerator random;
  private final NumericReference[] references;
  private final double[][] cumulative;

  /**
   * @param rows of each window
   * @param shift of the first input, in standard deviations
   */
  DrawnModel(int rows, int features, double shift, long seed) {
    this.rows = rows;
    this.random = new SplittableRandom(seed);
    this.references = new NumericReference[features];
    this.cumulative = new double[features][];
    for (int f = 0; f < features; f++) {
      var values = new double[REFERENCE_ROWS];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextGaussian();
      }
      references[f] = NumericReference.of(values).binsOnly();
      cumulative[f] = shares(references[f].edges(), f == 0 ? shift : 0);
    }
  }

  NumericReference reference(int feature) {
    return references[feature];
  }

  Window window(int feature) {
    return new Window.BinCounts(counts(cumulative[feature]));
  }

  @Override
  public List<String> models() {
    return List.of("m");
  }

  @Override
  public ModelSpec spec(String model) {
    return ModelSpec.of(model);
  }

  @Override
  public List<String> features(Target target) {
    return IntStream.range(0, references.length).mapToObj(Integer::toString).toList();
  }

  @Override
  public Optional<Sides> sides(
      Target target, Subject subject, ReferenceSource reference, Duration window, Instant at) {
    if (!(subject instanceof Subject.Feature(String name))) {
      return Optional.empty();
    }
    int feature = Integer.parseInt(name);
    return Optional.of(
        new Sides(
            references[feature],
            window(feature),
            stretch(Instant.EPOCH, Instant.EPOCH, REFERENCE_ROWS),
            stretch(at.minus(window), at, rows)));
  }

  private static Stretch stretch(Instant from, Instant to, long rows) {
    return new Stretch(from, to, rows, 0, OptionalDouble.empty(), OptionalDouble.empty(), 0, 0);
  }

  @Override
  public Judged judged(Target target, Instant from, Instant to) {
    return Judged.NONE;
  }

  @Override
  public Volume volume(Target target, Instant from, Instant to) {
    return new Volume(rows, 0, 0);
  }

  @Override
  public List<Mistake> errors(Target target, long after, Instant at) {
    return List.of();
  }

  @Override
  public List<Weights> importances(Target target, Instant at) {
    return List.of();
  }

  @Override
  public Optional<Instant> keptSince(Target target, Duration window, Instant at) {
    return Optional.of(Instant.EPOCH);
  }

  /** Cumulative shares of a shifted standard normal at the edges, 1 last. */
  private static double[] shares(double[] edges, double shift) {
    var shares = new double[edges.length + 1];
    var normal = NormalDistribution.of(shift, 1);
    for (int i = 0; i < edges.length; i++) {
      shares[i] = normal.cumulativeProbability(edges[i]);
    }
    shares[edges.length] = 1;
    return shares;
  }

  /** Multinomial counts: binomials of what is left, normal where they are large. */
  private long[] counts(double[] shares) {
    var counts = new long[shares.length];
    long left = rows;
    double below = 0;
    for (int i = 0; i < counts.length && left > 0; i++) {
      double share = Math.min(1, (shares[i] - below) / (1 - below));
      counts[i] = i == counts.length - 1 ? left : binomial(left, share);
      left -= counts[i];
      below = shares[i];
    }
    return counts;
  }

  private long binomial(long n, double p) {
    double mean = n * p;
    if (mean > 30 && n * (1 - p) > 30) {
      double drawn = Math.rint(mean + random.nextGaussian() * Math.sqrt(mean * (1 - p)));
      return (long) Math.clamp(drawn, 0.0, (double) n);
    }
    if (p > 0.5) {
      return n - binomial(n, 1 - p);
    }
    // Waiting times between hits are geometric.
    long hits = 0;
    for (double place = 0; ; hits++) {
      place += Math.floor(Math.log(1 - random.nextDouble()) / Math.log1p(-p)) + 1;
      if (place > n || p == 0) {
        return hits;
      }
    }
  }
}

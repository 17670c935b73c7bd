package io.tocsin.experiment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An experiment: units (people, requests, models' inputs) are split between variants by a hash, so
 * that anybody can tell a unit's variant without asking.
 *
 * @param name also the salt of the hash
 * @param variants control first
 * @param metrics one of them primary
 * @param alpha chance of naming a winner that is none, however often one looks
 * @param power chance of seeing the minimum effect that sample sizes are planned for
 * @param startedAt when it was made
 * @param stoppedAt from when on no unit is exposed any more
 */
public record Experiment(
    String name,
    String description,
    List<Variant> variants,
    List<Metric> metrics,
    double alpha,
    double power,
    Instant startedAt,
    Optional<Instant> stoppedAt) {

  /** Variants and metrics at most. */
  public static final int MOST = 20;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  /**
   * Checks it.
   *
   * @throws ExperimentProblem naming the field
   */
  public Experiment {
    variants = List.copyOf(variants);
    metrics = List.copyOf(metrics);
    requireName("name", name);
    if (variants.size() < 2 || variants.size() > MOST) {
      throw new ExperimentProblem(
          "variants: found %d, expected 2 to %d".formatted(variants.size(), MOST));
    }
    if (metrics.isEmpty() || metrics.size() > MOST) {
      throw new ExperimentProblem(
          "metrics: found %d, expected 1 to %d".formatted(metrics.size(), MOST));
    }
    requireDifferent("variants", variants.stream().map(Variant::name).toList());
    requireDifferent("metrics", metrics.stream().map(Metric::name).toList());
    for (Variant variant : variants) {
      if (!(variant.weight() > 0 && variant.weight() <= 1e6)) {
        throw new ExperimentProblem(
            "variants.%s.weight: found %s, expected a number above 0"
                .formatted(variant.name(), variant.weight()));
      }
    }
    metrics.forEach(Experiment::check);
    long primaries =
        metrics.stream().filter(metric -> metric.role() == Metric.Role.PRIMARY).count();
    if (primaries != 1) {
      throw new ExperimentProblem(
          "metrics: found %d primary ones, expected one".formatted(primaries));
    }
    requireShare("alpha", alpha, 0.5);
    requireShare("power", power, 0.999);
  }

  private static void check(Metric metric) {
    if (!(metric.minimumEffect() > 0) || !Double.isFinite(metric.minimumEffect())) {
      throw new ExperimentProblem(
          "metrics.%s.minimum_effect: found %s, expected a number above 0"
              .formatted(metric.name(), metric.minimumEffect()));
    }
    if (!(metric.margin() >= 0) || !Double.isFinite(metric.margin())) {
      throw new ExperimentProblem(
          "metrics.%s.margin: found %s, expected 0 or more"
              .formatted(metric.name(), metric.margin()));
    }
  }

  private static void requireShare(String field, double value, double most) {
    if (!(value > 0 && value <= most)) {
      throw new ExperimentProblem(
          "%s: found %s, expected a number above 0 up to %s".formatted(field, value, most));
    }
  }

  private static void requireName(String field, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ExperimentProblem(
          "%s: found \"%s\", expected up to 64 letters, digits, dots, dashes or underscores"
              .formatted(field, name));
    }
  }

  private static void requireDifferent(String field, List<String> names) {
    names.forEach(name -> requireName(field + ".name", name));
    if (new HashSet<>(names).size() < names.size()) {
      throw new ExperimentProblem(field + ": the same name twice");
    }
  }

  public Variant control() {
    return variants.getFirst();
  }

  /** All but the control. */
  public List<Variant> treatments() {
    return variants.subList(1, variants.size());
  }

  public Metric primary() {
    return metrics.stream()
        .filter(metric -> metric.role() == Metric.Role.PRIMARY)
        .findFirst()
        .orElseThrow();
  }

  public Optional<Metric> metric(String wanted) {
    return metrics.stream().filter(metric -> metric.name().equals(wanted)).findFirst();
  }

  public Optional<Variant> variant(String wanted) {
    return variants.stream().filter(variant -> variant.name().equals(wanted)).findFirst();
  }

  public boolean running() {
    return stoppedAt.isEmpty();
  }

  /** The same, stopped; one that was stopped stays as it was. */
  public Experiment stopped(Instant at) {
    return running()
        ? new Experiment(
            name, description, variants, metrics, alpha, power, startedAt, Optional.of(at))
        : this;
  }

  /**
   * A unit's variant: the first 53 bits of SHA-256 of {@code name:unit} as a share of 1, laid on
   * the variants' weights end to end. The same unit always gets the same variant.
   */
  public Variant assign(String unit) {
    double all = variants.stream().mapToDouble(Variant::weight).sum();
    double place = share(name + ":" + unit) * all;
    double reached = 0;
    for (Variant variant : variants) {
      reached += variant.weight();
      if (place < reached) {
        return variant;
      }
    }
    return variants.getLast();
  }

  private static double share(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      long bits = 0;
      for (int i = 0; i < 7; i++) {
        bits = bits << 8 | hash[i] & 0xff;
      }
      return Math.scalb((double) (bits >>> 3), -53);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

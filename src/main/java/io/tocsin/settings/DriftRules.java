package io.tocsin.settings;

import io.tocsin.alert.AlertSpec;
import io.tocsin.drift.DriftTest;
import io.tocsin.drift.option.BadOption;
import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import io.tocsin.drift.stream.ChangeDetector;
import io.tocsin.model.ReferenceSource;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.Texts;
import io.tocsin.rule.drift.Columns;
import io.tocsin.rule.drift.Criterion;
import io.tocsin.rule.drift.DriftKind;
import io.tocsin.rule.drift.DriftTerms;
import io.tocsin.rule.drift.Metric;
import io.tocsin.rule.drift.Side;
import io.tocsin.rule.drift.Target;
import io.tocsin.rule.drift.Thresholds;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads {@code drift:} blocks of rule files; what a block leaves out is its kind's default. */
final class DriftRules {

  private static final Set<String> COMMON =
      Set.of(
          "kind",
          "model",
          "version",
          "slice",
          "window",
          "every",
          "threshold",
          "min_samples",
          "for",
          "clear_at",
          "cooldown");

  private static final Map<DriftKind, Set<String>> OWN = own();

  private static Map<DriftKind, Set<String>> own() {
    var own = new EnumMap<DriftKind, Set<String>>(DriftKind.class);
    own.put(
        DriftKind.DATA_DRIFT,
        Set.of("feature", "features", "top", "scope", "method", "reference", "min_reference"));
    own.put(DriftKind.PREDICTION_DRIFT, Set.of("method", "reference", "min_reference"));
    own.put(
        DriftKind.CONFIDENCE_DRIFT,
        Set.of("method", "reference", "min_reference", "mean_threshold", "direction"));
    own.put(
        DriftKind.PERFORMANCE_DROP, Set.of("metric", "reference", "min_reference", "direction"));
    own.put(DriftKind.CONCEPT_DRIFT, Set.of("detector", "parameters", "direction", "warnings"));
    own.put(DriftKind.ESTIMATED_PERFORMANCE, Set.of("reference", "min_reference", "direction"));
    own.put(DriftKind.IMPORTANCE_CHANGE, Set.of("top"));
    own.put(
        DriftKind.DATA_QUALITY,
        Set.of("feature", "features", "top", "reference", "min_reference", "unseen_threshold"));
    own.put(DriftKind.VOLUME, Set.of("min", "max", "change", "reference", "min_reference"));
    own.put(DriftKind.LABEL_DELAY, Set.of("older_than"));
    return Map.copyOf(own);
  }

  private final Section section;
  private final DriftKind kind;
  private final Set<String> mine;

  private DriftRules(Section section, DriftKind kind) {
    this.mine = OWN.getOrDefault(kind, Set.of());
    this.section = section;
    this.kind = kind;
  }

  static DriftRule read(Section section, AlertSpec spec, Texts texts) {
    String named = section.string("kind", DriftKind.DATA_DRIFT.id());
    DriftKind kind =
        DriftKind.named(named)
            .orElseThrow(() -> section.problem("kind", "one of " + DriftKind.ids()));
    return new DriftRule(spec, new DriftRules(section, kind).terms(), texts);
  }

  private DriftTerms terms() {
    requireOwnKeys();
    Criterion criterion = criterion();
    Optional<Duration> window = positive("window");
    Optional<ReferenceSource> reference =
        mine.contains("reference")
            ? section.section("reference").map(RuleFiles::reference)
            : Optional.empty();
    requireApart(window, reference);
    int samples = atLeast("min_samples", minSamples(), 0);
    var terms =
        new DriftTerms(
            target(),
            criterion,
            window,
            reference,
            thresholds("threshold", usual(criterion)),
            samples,
            mine.contains("min_reference") ? atLeast("min_reference", minReference(samples), 0) : 0,
            side(),
            atLeast("for", evaluations(), 1),
            clearAt(),
            section.optionalDuration("cooldown"),
            positive("every"));
    section.done();
    return terms;
  }

  /** A key of another kind is named as that, not as unknown. */
  private void requireOwnKeys() {
    for (String key : section.keys()) {
      boolean elsewhere = OWN.values().stream().anyMatch(keys -> keys.contains(key));
      if (elsewhere && !mine.contains(key)) {
        throw section.problem(
            key,
            "\"" + key + "\"",
            "for %s one of %s".formatted(kind.id(), String.join(", ", new TreeSet<>(mine))));
      }
    }
  }

  private void requireApart(Optional<Duration> window, Optional<ReferenceSource> reference) {
    if (window.isPresent()
        && reference.isPresent()
        && reference.get() instanceof ReferenceSource.Trailing(var length, var offset)
        && offset.compareTo(window.get()) < 0) {
      throw section.problem(
          "reference",
          "a reference that ends " + Durations.print(offset) + " before now",
          "one that ends before the window of " + Durations.print(window.get()) + " begins");
    }
  }

  private Target target() {
    String model = section.string("model");
    if (model.isBlank()) {
      throw section.problem("model", "the name of a model, or \"*\" for each");
    }
    Optional<String> version = section.optional("version");
    Map<String, String> slice = section.map("slice");
    if (slice.size() > 1 || (version.isPresent() && !slice.isEmpty())) {
      throw section.problem(
          "slice",
          slice.size() > 1 ? slice.size() + " labels" : "both \"version\" and \"slice\"",
          "one version, or one label with its value");
    }
    if (kind == DriftKind.CONCEPT_DRIFT && !slice.isEmpty()) {
      throw section.problem("slice", "\"slice\"", "for concept_drift a version, or neither");
    }
    return new Target(model, version, slice);
  }

  private Criterion criterion() {
    return switch (kind) {
      case DATA_DRIFT -> new Criterion.Data(columns(), test(), share());
      case PREDICTION_DRIFT -> new Criterion.Prediction(test());
      case CONFIDENCE_DRIFT ->
          new Criterion.Confidence(test(), thresholds("mean_threshold", Thresholds.of(0.3, 0.5)));
      case PERFORMANCE_DROP -> new Criterion.Performance(metric());
      case CONCEPT_DRIFT -> concept();
      case ESTIMATED_PERFORMANCE -> new Criterion.Estimated();
      case IMPORTANCE_CHANGE -> new Criterion.Importances(atLeast("top", 5, 1));
      case DATA_QUALITY ->
          new Criterion.Quality(
              columns(), thresholds("unseen_threshold", Thresholds.of(0.001, 0.01)));
      case VOLUME -> volume();
      case LABEL_DELAY ->
          new Criterion.LabelDelay(section.duration("older_than", Duration.ofHours(24)));
    };
  }

  private Columns columns() {
    List<String> named = section.strings("features");
    Optional<String> one = section.optional("feature");
    int ways = (one.isPresent() ? 1 : 0) + (named.isEmpty() ? 0 : 1) + (section.has("top") ? 1 : 0);
    if (ways > 1) {
      throw section.problem(
          "feature", ways + " of them", "at most one of \"feature\", \"features\" and \"top\"");
    }
    if (section.has("top")) {
      return new Columns.Top(atLeast("top", 10, 1));
    }
    if (one.isPresent()) {
      return new Columns.Named(List.of(one.get()));
    }
    return named.isEmpty() ? new Columns.All() : new Columns.Named(named);
  }

  private boolean share() {
    String scope = section.string("scope", "each");
    return switch (scope) {
      case "each" -> false;
      case "share" -> true;
      default -> throw section.problem("scope", "one of each, share");
    };
  }

  private DriftTest test() {
    return DriftTest.named(section.string("method", "psi"))
        .orElseThrow(
            () ->
                section.problem(
                    "method",
                    Arrays.stream(DriftTest.values())
                        .map(DriftTest::id)
                        .collect(Collectors.joining(", ", "one of ", ""))));
  }

  private Metric metric() {
    return Metric.named(section.string("metric", Metric.ACCURACY.id()))
        .orElseThrow(() -> section.problem("metric", "one of " + Metric.ids()));
  }

  private Criterion concept() {
    ChangeDetector detector =
        ChangeDetector.named(section.string("detector", ChangeDetector.ADWIN.id()))
            .orElseThrow(
                () ->
                    section.problem(
                        "detector",
                        Arrays.stream(ChangeDetector.values())
                            .map(ChangeDetector::id)
                            .collect(Collectors.joining(", ", "one of ", ""))));
    var given = new HashMap<>(section.map("parameters"));
    List<String> known = detector.parameters().stream().map(Parameter::name).toList();
    if (known.contains("clock")) {
      given.putIfAbsent("clock", "1");
    }
    if (known.contains("direction")) {
      given.putIfAbsent("direction", side() == Side.BOTH ? "both" : "increase");
    }
    try {
      Options options = Options.of(detector.parameters(), given);
      detector.start(options);
      return new Criterion.Concept(detector, options);
    } catch (BadOption wrong) {
      throw section.problem(
          "parameters", String.valueOf(wrong.getMessage()), "see GET /api/v1/drift/methods");
    } catch (IllegalArgumentException wrong) {
      throw section.problem(
          "parameters", String.valueOf(wrong.getMessage()), "parameters that fit");
    }
  }

  private Criterion volume() {
    var volume = new Criterion.Volume(limit("min"), limit("max"), limit("change"));
    if (volume.least().isEmpty() && volume.most().isEmpty() && volume.change().isEmpty()) {
      throw section.problem("min", "none of them", "\"min\", \"max\" or \"change\"");
    }
    return volume;
  }

  private OptionalDouble limit(String key) {
    if (!section.has(key)) {
      return OptionalDouble.empty();
    }
    double value = section.number(key, 0);
    if (!(value > 0)) {
      throw section.problem(key, "a number above 0");
    }
    return OptionalDouble.of(value);
  }

  private Side side() {
    boolean asked = mine.contains("direction");
    Side usual = kind == DriftKind.CONFIDENCE_DRIFT || !asked ? Side.BOTH : Side.WORSE;
    return asked ? section.choice("direction", Side.class, usual) : usual;
  }

  /** A number is the critical threshold alone; {@code {warn, critical}} are two. */
  private Thresholds thresholds(String key, Thresholds usual) {
    if (!section.has(key)) {
      return usual;
    }
    Section levels = section.isSection(key) ? section.section(key).orElseThrow() : Section.empty();
    try {
      if (!section.isSection(key)) {
        return Thresholds.of(section.number(key, 0));
      }
      OptionalDouble warning =
          levels.has("warn") ? OptionalDouble.of(levels.number("warn", 0)) : OptionalDouble.empty();
      if (!levels.has("critical")) {
        throw levels.problem("critical", "nothing", "a number above 0");
      }
      var both = new Thresholds(warning, levels.number("critical", 0));
      levels.done();
      return both;
    } catch (IllegalArgumentException wrong) {
      throw section.isSection(key)
          ? levels.problem(
              levels.has("warn") ? "warn" : "critical", String.valueOf(wrong.getMessage()))
          : section.problem(key, String.valueOf(wrong.getMessage()));
    }
  }

  private Thresholds usual(Criterion criterion) {
    return switch (criterion) {
      case Criterion.Data data -> data.share() ? Thresholds.of(0.2, 0.5) : of(data.test());
      case Criterion.Prediction prediction -> of(prediction.test());
      case Criterion.Confidence confidence -> of(confidence.test());
      case Criterion.Performance performance ->
          performance.metric().higherIsBetter()
              ? Thresholds.of(0.03, 0.05)
              : Thresholds.of(0.1, 0.2);
      case Criterion.Concept concept ->
          section.flag("warnings", false) ? Thresholds.of(0.5, 1) : Thresholds.of(1);
      case Criterion.Estimated estimated -> Thresholds.of(0.03, 0.05);
      case Criterion.Importances importances -> Thresholds.of(0.1, 0.2);
      case Criterion.Quality quality -> Thresholds.of(0.01, 0.05);
      case Criterion.Volume volume -> Thresholds.of(1);
      case Criterion.LabelDelay delay -> Thresholds.of(0.1, 0.5);
    };
  }

  private static Thresholds of(DriftTest test) {
    return Thresholds.of(test.warning(), test.critical());
  }

  private int minSamples() {
    return switch (kind) {
      case DATA_DRIFT, PREDICTION_DRIFT, CONFIDENCE_DRIFT, DATA_QUALITY, PERFORMANCE_DROP -> 200;
      case ESTIMATED_PERFORMANCE -> 500;
      case LABEL_DELAY -> 50;
      case CONCEPT_DRIFT -> 30;
      case IMPORTANCE_CHANGE, VOLUME -> 0;
    };
  }

  private int minReference(int samples) {
    return switch (kind) {
      case PERFORMANCE_DROP, ESTIMATED_PERFORMANCE -> 500;
      case VOLUME -> 100;
      default -> 5 * samples;
    };
  }

  private int evaluations() {
    return switch (kind) {
      case DATA_DRIFT,
          PREDICTION_DRIFT,
          CONFIDENCE_DRIFT,
          PERFORMANCE_DROP,
          ESTIMATED_PERFORMANCE,
          DATA_QUALITY ->
          DriftTerms.DEFAULT_EVALUATIONS;
      case CONCEPT_DRIFT, IMPORTANCE_CHANGE, VOLUME, LABEL_DELAY -> 1;
    };
  }

  private double clearAt() {
    double share = section.number("clear_at", DriftTerms.DEFAULT_CLEAR_AT);
    if (!(share > 0 && share <= 1)) {
      throw section.problem("clear_at", "a share of the threshold above 0 and at most 1");
    }
    return share;
  }

  private int atLeast(String key, int usual, int least) {
    int value = section.integer(key, usual);
    if (value < least) {
      throw section.problem(key, "a whole number of " + least + " or more");
    }
    return value;
  }

  private Optional<Duration> positive(String key) {
    Optional<Duration> value = section.optionalDuration(key);
    if (value.isPresent() && !value.get().isPositive()) {
      throw section.problem(key, "a duration above 0s");
    }
    return value;
  }
}

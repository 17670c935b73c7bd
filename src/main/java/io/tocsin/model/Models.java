package io.tocsin.model;

import io.tocsin.series.SampleBatch;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All watched models: those configured and those that rows simply arrived for. Thread-safe; {@link
 * #save} and the first {@link #watch} of a model wait for the store.
 */
public final class Models {

  /** Models watched at once. */
  public static final int MOST_MODELS = 1000;

  private final ModelStore store;
  private final Map<String, ModelWatch> watches = new TreeMap<>();
  private final Map<String, Long> saved = new HashMap<>();
  private final Map<String, String> unreadable = new TreeMap<>();
  private List<DriftQuestion> questions = List.of();

  public Models(ModelStore store) {
    this.store = store;
  }

  /** Takes over the configured models and all questions rules ask, now and at every reload. */
  public synchronized void configure(
      Collection<ModelSpec> specs, Collection<DriftQuestion> changedQuestions) {
    questions = List.copyOf(changedQuestions);
    for (ModelSpec spec : specs) {
      open(spec).configure(spec, questionsOf(spec.name()));
    }
    watches
        .values()
        .forEach(watch -> watch.configure(watch.spec(), questionsOf(watch.spec().name())));
  }

  private List<DriftQuestion> questionsOf(String model) {
    return questions.stream().filter(question -> question.model().equals(model)).toList();
  }

  /** A model that is watched already. */
  public synchronized Optional<ModelWatch> find(String name) {
    return Optional.ofNullable(watches.get(name));
  }

  /**
   * A model, watched from now on if it was not.
   *
   * @throws TooManyModels when {@link #MOST_MODELS} are watched
   */
  public synchronized ModelWatch watch(String name) {
    ModelWatch known = watches.get(name);
    if (known != null) {
      return known;
    }
    if (watches.size() >= MOST_MODELS) {
      throw new TooManyModels(name);
    }
    return open(ModelSpec.of(name));
  }

  private ModelWatch open(ModelSpec spec) {
    return watches.computeIfAbsent(spec.name(), name -> restoreOrStart(spec));
  }

  private ModelWatch restoreOrStart(ModelSpec spec) {
    List<DriftQuestion> asked = questionsOf(spec.name());
    Optional<byte[]> snapshot = store.load(spec.name());
    try {
      return snapshot.isPresent()
          ? ModelWatch.restore(spec, asked, snapshot.get())
          : ModelWatch.of(spec, asked);
    } catch (IOException e) {
      unreadable.put(spec.name(), String.valueOf(e.getMessage()));
      return ModelWatch.of(spec, asked);
    }
  }

  /** Models whose snapshot could not be read, with the reason; they have started from nothing. */
  public synchronized Map<String, String> unreadable() {
    return Map.copyOf(unreadable);
  }

  /** All watched models by name. */
  public synchronized List<ModelWatch> all() {
    return List.copyOf(watches.values());
  }

  /** Answers a drift question about any model. */
  public DriftAnswer answer(DriftQuestion question, Instant now) {
    return watch(question.model()).answer(question, now);
  }

  /** The figures of all models. */
  public SampleBatch samples(Instant now) {
    var batch = SampleBatch.builder();
    all().forEach(watch -> batch.addAll(watch.samples(now)));
    return batch.build();
  }

  /** Saves the models that changed since they were last saved. */
  public void save() {
    for (ModelWatch watch : all()) {
      String name = watch.spec().name();
      long changes = watch.changes();
      if (changes != lastSaved(name)) {
        store.save(name, watch.snapshot());
        markSaved(name, changes);
      }
    }
  }

  private synchronized long lastSaved(String name) {
    return saved.getOrDefault(name, 0L);
  }

  private synchronized void markSaved(String name, long changes) {
    saved.put(name, changes);
  }

  /** No further model can be watched: answer 429. */
  public static final class TooManyModels extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyModels(String name) {
      super("model %s cannot be watched: there are %d already".formatted(name, MOST_MODELS));
    }
  }
}

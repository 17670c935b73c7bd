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
import java.util.concurrent.CompletionStage;

/**
 * All watched models: those configured and those that rows simply arrived for. Thread-safe; {@link
 * #save}, {@link #configure} and the first {@link #watch} of a model wait for the store.
 */
public final class Models {

  /** Models watched at once. */
  public static final int MOST_MODELS = 1000;

  private final ModelStore store;
  private final ModelJournal journal;
  private final Map<String, ModelWatch> watches = new TreeMap<>();
  private final Map<String, Long> saved = new HashMap<>();
  private final Map<String, String> unreadable = new TreeMap<>();
  private List<DriftQuestion> questions = List.of();
  private boolean recovered;
  private long lost;

  /** Models whose entries are kept nowhere. */
  public Models(ModelStore store) {
    this(store, ModelJournal.inMemory());
  }

  public Models(ModelStore store, ModelJournal journal) {
    this.store = store;
    this.journal = journal;
  }

  /**
   * Takes over the configured models and all questions rules ask, now and at every reload. The
   * first time it brings back every model the store knows and replays the journal.
   */
  public synchronized void configure(
      Collection<ModelSpec> specs, Collection<DriftQuestion> changedQuestions) {
    questions = List.copyOf(changedQuestions);
    for (ModelSpec spec : specs) {
      open(spec).configure(spec, questionsOf(spec.name()));
    }
    watches
        .values()
        .forEach(watch -> watch.configure(watch.spec(), questionsOf(watch.spec().name())));
    recover();
  }

  private synchronized void recover() {
    if (recovered) {
      return;
    }
    recovered = true;
    store.names().forEach(name -> open(ModelSpec.of(name)));
    journal.replay(this::replay);
  }

  private void replay(long number, String model, byte[] bytes) {
    try {
      EntryCodec.Accepted accepted = EntryCodec.decode(bytes);
      open(ModelSpec.of(model)).apply(number, accepted.entry(), accepted.at());
    } catch (ByteSource.CorruptEntry corrupt) {
      lost++;
      unreadable.put(model, "entry %d: %s".formatted(number, corrupt.getMessage()));
    }
  }

  /** Entries of the journal that could not be read at the start. */
  public synchronized long lost() {
    return lost;
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
    recover();
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
    } catch (IOException | RuntimeException e) {
      unreadable.put(spec.name(), String.valueOf(e.getMessage()));
      return ModelWatch.of(spec, asked);
    }
  }

  /**
   * Keeps an entry of a model, watched from now on if it was not, and applies it once it is
   * durable.
   *
   * @return for truths how many found their prediction, for anything else the rows
   * @throws TooManyModels when no further model can be watched
   */
  public CompletionStage<Integer> accept(String model, ModelEntry entry, Instant now) {
    ModelWatch watch = watch(model);
    byte[] bytes = EntryCodec.encode(entry, now);
    return journal.append(model, bytes, number -> watch.apply(number, entry, now));
  }

  /** Bytes of entries that wait to become durable. */
  public long queuedBytes() {
    return journal.queuedBytes();
  }

  /** Models whose snapshot or entries could not be read, with the reason. */
  public synchronized Map<String, String> unreadable() {
    return Map.copyOf(unreadable);
  }

  /** All watched models by name. */
  public synchronized List<ModelWatch> all() {
    return List.copyOf(watches.values());
  }

  /** The figures of all models. */
  public SampleBatch samples(Instant now) {
    var batch = SampleBatch.builder();
    all().forEach(watch -> batch.addAll(watch.samples(now)));
    return batch.build();
  }

  /** Saves the models that changed since they were last saved; the journal before may go. */
  public void save() {
    long part = journal.begin();
    for (ModelWatch watch : all()) {
      String name = watch.spec().name();
      long changes = watch.changes();
      if (changes != lastSaved(name)) {
        store.save(name, watch.snapshot());
        markSaved(name, changes);
      }
    }
    journal.covered(part);
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

package io.tocsin.postgres;

import io.tocsin.incident.Incident;
import io.tocsin.label.Labels;
import io.tocsin.model.FeatureValue;
import io.tocsin.model.ModelEntry;
import io.tocsin.model.Models;
import io.tocsin.model.Prediction;
import io.tocsin.model.PredictionRows;
import io.tocsin.series.LayeredReader;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesIds;
import io.tocsin.series.SeriesPoints;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A process to be killed: says what it found ({@code found samples events deliveries predictions}),
 * then writes numbered samples, incidents and predictions, checkpoints without end, and says {@code
 * sample n}, {@code event n} or {@code prediction n} for each that was acknowledged.
 */
final class KilledWriter {
  private static final long T0 = 1_770_000_000_000L;

  private final Database database;
  private final MemoryStore store = new MemoryStore(MemoryStore.Limits.DEFAULT);
  private final PostgresJournal journal;
  private final JournalCheckpoint checkpoint;
  private final PostgresOutbox outbox;
  private final PostgresModelJournal modelJournal;
  private final Models models;

  private KilledWriter(Database database) {
    this.database = database;
    var node = Node.register(database, "one");
    var ids = new SeriesIds(store, new SeriesIdBlocks(database));
    var replay = new JournalReplay(database, ids, store);
    replay.all();
    journal =
        new PostgresJournal(
            database, node, ids, store, InstantSource.system(), PostgresJournal.Limits.DEFAULT);
    checkpoint = new JournalCheckpoint(database, node, store, ids, journal, replay);
    var leadership = new Leadership(database, node);
    outbox = new PostgresOutbox(database, node, leadership);
    modelJournal = new PostgresModelJournal(database, PostgresModelJournal.Limits.DEFAULT);
    models = new Models(new PostgresModels(database), modelJournal);
    models.configure(List.of(), List.of());
    while (!leadership.campaign()) {
      Thread.onSpinWait();
    }
  }

  public static void main(String[] args) {
    var settings = DatabaseSettings.Embedded.in(Path.of(args[0]));
    EmbeddedServer server = EmbeddedServer.start(settings, Path.of(args[1]));
    Database database =
        Database.open(server.address(), Retention.DEFAULT, Instant.ofEpochMilli(T0));
    var writer = new KilledWriter(database);
    int[] found = writer.found();
    say("found " + found[0] + " " + found[1] + " " + found[2] + " " + found[3]);
    if (args[2].equals("look")) {
      writer.journal.close();
      writer.modelJournal.close();
      database.close();
      server.close();
      return;
    }
    Thread.ofVirtual().start(writer::checkpointing);
    Thread.ofVirtual().start(() -> writer.events(found[1]));
    Thread.ofVirtual().start(() -> writer.predictions(found[3]));
    writer.samples(found[0]);
  }

  /** How many samples, events, deliveries and predictions are there without a gap. */
  private int[] found() {
    var numbers = new BitSet();
    var reader = new LayeredReader(store, () -> Long.MAX_VALUE, new PostgresChunks(database));
    for (SeriesPoints series : reader.select(List.of(), T0 - 1, T0 + 1_000_000_000)) {
      for (double value : series.values()) {
        numbers.set((int) value);
      }
    }
    int events = 0;
    var incidents = new PostgresIncidents(database);
    while (incidents.events(incident(events).id()).size() == 1) {
      events++;
    }
    int deliveries = outbox.deliveries(Optional.empty(), 1_000_000).size();
    int predictions =
        models.find("killed").map(it -> it.predictions().get("v")).orElse(0L).intValue();
    return new int[] {numbers.nextClearBit(0), events, deliveries, predictions};
  }

  private static Incident incident(int number) {
    return Samples.incident(number, 1);
  }

  private void samples(int from) {
    for (int i = from; ; i++) {
      int number = i;
      var batch =
          SampleBatch.of(
              Labels.of("__name__", "n", "host", "h" + number % 3), T0 + number * 10L, number);
      var answer = journal.accept(batch).toCompletableFuture();
      if (number % 8 == 0) {
        answer.join();
      }
      answer.thenRun(() -> say("sample " + number));
    }
  }

  private void events(int from) {
    for (int i = from; ; i++) {
      outbox.commit(Samples.opening(incident(i), Samples.OPS));
      say("event " + i);
    }
  }

  /** One row each. */
  private void predictions(int from) {
    for (int i = from; ; i++) {
      int number = i;
      Instant now = Instant.ofEpochMilli(T0 + number);
      var row =
          new Prediction(
              Optional.of("p" + number),
              now.toEpochMilli(),
              "v",
              Map.of("x", new FeatureValue.Numeric(number)),
              new FeatureValue.Category("yes"),
              OptionalDouble.of(.5),
              OptionalDouble.empty(),
              Labels.EMPTY);
      var entry = new ModelEntry.Predictions(PredictionRows.of(List.of(row)), 0, 0);
      var answer = models.accept("killed", entry, now).toCompletableFuture();
      if (number % 4 == 0) {
        answer.join();
      }
      answer.thenRun(() -> say("prediction " + (number + 1)));
    }
  }

  private void checkpointing() {
    while (true) {
      checkpoint.run();
      models.save();
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}

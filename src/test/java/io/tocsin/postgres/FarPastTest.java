package io.tocsin.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.label.Labels;
import io.tocsin.promql.Evaluator;
import io.tocsin.promql.Parser;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.promql.SampleRoom;
import io.tocsin.promql.Value;
import io.tocsin.series.LayeredReader;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What queries find where samples are gone and only five-minute aggregates are left. */
class FarPastTest {
  private static final Duration RETENTION = Retention.DEFAULT.samples();
  private static final Labels LOAD = Labels.of("__name__", "load");
  private static final Labels DONE = Labels.of("__name__", "done_total");
  private static final Instant NOW = Instant.now();

  /** Two hours of a day that is past retention. */
  private static final long OLD =
      NOW.minus(Duration.ofDays(40)).truncatedTo(ChronoUnit.DAYS).toEpochMilli();

  private static final long OLD_END = OLD + Duration.ofHours(2).toMillis();

  private static final long RECENT =
      NOW.minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.DAYS).toEpochMilli();

  private static TestDatabase.Lease lease;
  private static PostgresJournal journal;
  private static LayeredReader reader;

  @BeforeAll
  static void fill() throws Exception {
    lease = TestDatabase.create();
    Database database = lease.database();
    Node node = Node.register(database, "one");
    var store = new MemoryStore(MemoryStore.Limits.DEFAULT);
    var ids = new SeriesIds(store, new SeriesIdBlocks(database));
    var replay = new JournalReplay(database, ids, store);
    journal =
        new PostgresJournal(
            database, node, ids, store, InstantSource.system(), PostgresJournal.Limits.DEFAULT);
    var checkpoint = new JournalCheckpoint(database, node, store, ids, journal, replay);
    journal.accept(old()).toCompletableFuture().get(20, TimeUnit.SECONDS);
    journal.accept(recent()).toCompletableFuture().get(20, TimeUnit.SECONDS);
    checkpoint.run();
    database.maintain(Retention.DEFAULT, NOW);
    var chunks = new PostgresChunks(database);
    long from = chunks.writtenFrom(NOW, RETENTION);
    reader =
        new LayeredReader(
            new MemoryStore(MemoryStore.Limits.DEFAULT),
            () -> Long.MAX_VALUE,
            chunks,
            () -> from,
            new PostgresAggregates(database));
  }

  @AfterAll
  static void close() {
    journal.close();
    lease.close();
  }

  /**
   * Every ten seconds: a load that is the minute within the hour, and a counter of one a second
   * that begins anew after an hour and seven minutes.
   */
  private static SampleBatch old() {
    var batch = SampleBatch.builder();
    for (long at = OLD; at < OLD_END; at += 10_000) {
      long seconds = (at - OLD) / 1_000;
      batch.add(LOAD, at, seconds / 60 % 60);
      batch.add(DONE, at, seconds < 4_020 ? 500 + seconds : seconds - 4_020);
    }
    return batch.build();
  }

  private static SampleBatch recent() {
    var batch = SampleBatch.builder();
    for (long at = RECENT; at < RECENT + 600_000; at += 10_000) {
      batch.add(LOAD, at, 7);
    }
    return batch.build();
  }

  private static Evaluator evaluator(QueryLimits limits) {
    return new Evaluator(reader, limits, new SampleRoom(1_000_000));
  }

  private static Value.Vector at(String query, long time) {
    return (Value.Vector) evaluator(QueryLimits.DEFAULT).instant(Parser.parse(query), time);
  }

  private static double one(String query, long time) {
    return at(query, time).samples().getFirst().value();
  }

  @Test
  void theSamplesThemselvesAreGone() {
    assertThat(new PostgresChunks(lease.database()).chunks(List.of(), OLD, OLD_END)).isEmpty();
  }

  @Test
  void aGaugeIsItsAverageAndTheAnswerSaysSo() {
    Value.Vector answer = at("load", OLD + Duration.ofMinutes(30).toMillis());

    // The five minutes that ended then: 25 to 29, six samples of each.
    assertThat(answer.samples().getFirst().value()).isEqualTo(27);
    assertThat(answer.notes().warnings())
        .singleElement()
        .asString()
        .contains("answered from 5-minute aggregates before ")
        .contains(Instant.ofEpochMilli(OLD + Duration.ofMinutes(30).toMillis()).toString());
  }

  @Test
  void extremesAndSumsAreThoseOfTheSamples() {
    assertThat(one("max_over_time(load[2h])", OLD_END)).isEqualTo(59);
    assertThat(one("min_over_time(load[1h])", OLD + 3_600_000)).isZero();
    assertThat(one("sum_over_time(load[1h])", OLD + 3_600_000)).isEqualTo(6 * 59 * 60 / 2.0);
    assertThat(one("avg_over_time(load[1h])", OLD + 3_600_000)).isEqualTo(29.5);
  }

  @Test
  void aCounterCountsOnAcrossItsRestart() {
    // A second is a count, but for the restart, after which it begins at 0.
    assertThat(one("increase(done_total[90m])", OLD_END)).isCloseTo(5_400, within(30.0));
    assertThat(one("resets(done_total[2h])", OLD_END)).isEqualTo(1);
    assertThat(one("rate(done_total[30m])", OLD + 3_600_000)).isCloseTo(1, within(0.01));
  }

  @Test
  void samplesAnswerWhereThereAreSomeAndNothingIsSaidThere() {
    Value.Vector answer = at("count_over_time(load[10m])", RECENT + 599_999);

    assertThat(answer.samples().getFirst().value()).isEqualTo(60);
    assertThat(answer.notes().warnings()).isEmpty();
  }

  @Test
  void aRangeAcrossBothHasBoth() {
    Value.Matrix answer =
        evaluator(QueryLimits.DEFAULT)
            .range(Parser.parse("load"), OLD, RECENT + 300_000, Duration.ofMinutes(15).toMillis());

    var load = answer.series().getFirst();
    assertThat(load.timestamps()[0]).isEqualTo(OLD + 900_000);
    assertThat(load.values()[0]).isEqualTo(12);
    assertThat(load.values()).endsWith(7);
    assertThat(answer.notes().warnings()).hasSize(1);
  }

  @Test
  void seriesThatOnlyAggregatesRememberAreListed() {
    assertThat(reader.series(List.of(), OLD, OLD_END)).containsExactly(DONE, LOAD);
    assertThat(reader.series(List.of(), OLD + 86_400_000, NOW.toEpochMilli()))
        .containsExactly(LOAD);
  }

  @Test
  void aQueryThatWouldLoadTooMuchIsRefused() {
    var few = evaluator(QueryLimits.DEFAULT.withMaxSamples(40));
    assertThatThrownBy(
            () -> few.instant(Parser.parse("count_over_time(load[50d])"), RECENT + 600_000))
        .isInstanceOf(QueryProblem.class)
        .hasMessageContaining("would load too many samples into memory");
    var narrow = evaluator(QueryLimits.DEFAULT.withMaxSeries(1));
    assertThatThrownBy(
            () -> narrow.instant(Parser.parse("count_over_time({__name__=~\".+\"}[2h])"), OLD_END))
        .hasMessageContaining("would load too many series into memory");
  }
}

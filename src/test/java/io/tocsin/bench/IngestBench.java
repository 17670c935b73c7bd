package io.tocsin.bench;

import io.tocsin.e2e.TocsinProcess;
import io.tocsin.postgres.BlockRewrite;
import io.tocsin.postgres.Database;
import io.tocsin.postgres.DatabaseSettings;
import io.tocsin.postgres.EmbeddedServer;
import io.tocsin.postgres.Retention;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Remote write through the packaged service with its own PostgreSQL, every request acknowledged
 * when it is durable; then the same with Prometheus, where it is installed. Per system: new series
 * per second, samples per second and per second of processor time (of all its processes), memory
 * per active series as the slope from a fifth of the series to all of them (proportional set size
 * after a while of 10 s data), bytes per sample on disk. Linux only.
 *
 * <p>Arguments: series of the large case (500,000), seconds of full load (20), minutes of 10 s data
 * in memory (5), series on disk for two hours (10,000), with Prometheus (true).
 */
public final class IngestBench {
  private static final int OTHERS = 5;
  private static final int BATCH = 2_000;
  private static final long STEP = 10_000;
  private static final int DISK_STEPS = 720;

  private IngestBench() {}

  /** How much to do. */
  private record Size(int series, int seconds, int minutes, int onDisk) {
    int small() {
      return Math.max(1, series / 5);
    }
  }

  /** What one system did. */
  private record Figures(
      double newSeries,
      double newSeriesWarm,
      double samples,
      double samplesPerProcessorSecond,
      double bytesPerSeries,
      double bytesPerSample) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,.0f new series/s after the start and %,.0f later, %,.0f samples/s, %,.0f samples per"
              + " CPU-s, %,.0f bytes of memory a series, %.2f bytes on disk a sample",
          newSeries,
          newSeriesWarm,
          samples,
          samplesPerProcessorSecond,
          bytesPerSeries,
          bytesPerSample);
    }
  }

  /** A system under load. */
  private interface Receiver extends AutoCloseable {
    URI write();

    /** Ends it; bytes on disk of the samples it took. */
    long bytes() throws Exception;
  }

  /** Starts a system in a folder. */
  @FunctionalInterface
  private interface Starter {
    Receiver start(Path folder) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    var size =
        new Size(
            number(arguments, 0, 500_000),
            number(arguments, 1, 20),
            number(arguments, 2, 5),
            number(arguments, 3, 10_000));
    System.out.println("Tocsin: " + measure(IngestBench::tocsin, size));
    if ((arguments.length < 5 || Boolean.parseBoolean(arguments[4]))
        && PrometheusProcess.installed()) {
      System.out.println("Prometheus: " + measure(IngestBench::prometheus, size));
    }
    System.exit(0);
  }

  private static int number(String[] arguments, int at, int otherwise) {
    return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
  }

  /** Bytes per sample on disk of our own, in small: so many series for two hours. */
  public static double bytesPerSample(int series) throws Exception {
    return disk(IngestBench::tocsin, series);
  }

  private static Figures measure(Starter system, Size size) throws Exception {
    Speed speed = speed(system, size);
    long small = memory(system, size.small(), size);
    long large = memory(system, size.series(), size);
    double slope = (large - small) / (double) (size.series() - size.small());
    return new Figures(
        speed.newSeries,
        speed.newSeriesWarm,
        speed.samples,
        speed.perProcessorSecond,
        slope,
        disk(system, size.onDisk()));
  }

  private record Speed(
      double newSeries, double newSeriesWarm, double samples, double perProcessorSecond) {}

  /** Data of the past hours, 10 s apart, as fast as it goes; the first pass makes the series. */
  private static Speed speed(Starter system, Size size) throws Exception {
    Path folder = Files.createTempDirectory("tocsin-ingest");
    try (var receiver = system.start(folder);
        var load = new RemoteWriteLoad(receiver.write(), size.small(), BATCH)) {
      load.rehearse();
      long at = System.currentTimeMillis() - DISK_STEPS * STEP;
      long began = System.nanoTime();
      load.pass(at);
      double newSeries = size.small() / seconds(began);
      passes(load, at, DISK_STEPS / 3, size.seconds() / 4.0); // to warm up
      var time = new ProcessorTime(folder);
      double spent = time.seconds();
      long from = System.nanoTime();
      long sent =
          (long) size.small()
              * passes(load, at + DISK_STEPS / 2 * STEP, DISK_STEPS / 2, size.seconds());
      double took = seconds(from);
      double perProcessorSecond = sent / Math.max(0.01, time.seconds() - spent);
      double later = newSeriesLater(receiver, size);
      return new Speed(newSeries, later, sent / took, perProcessorSecond);
    }
  }

  /** The median of several times as many series that were not there before. */
  private static double newSeriesLater(Receiver receiver, Size size) throws Exception {
    var speeds = new double[OTHERS];
    for (int i = 0; i < OTHERS; i++) {
      try (var others =
          new RemoteWriteLoad(receiver.write(), (i + 1) * size.small(), size.small(), BATCH)) {
        others.rehearse();
        long began = System.nanoTime();
        others.pass(System.currentTimeMillis());
        speeds[i] = size.small() / seconds(began);
      }
    }
    Arrays.sort(speeds);
    return speeds[OTHERS / 2];
  }

  /** Passes after a time, one after the other, at most so many in so many seconds. */
  private static int passes(RemoteWriteLoad load, long after, int most, double seconds)
      throws Exception {
    long began = System.nanoTime();
    int count = 0;
    while (count < most && seconds(began) < seconds) {
      load.pass(after + ++count * STEP);
    }
    return count;
  }

  /** Minutes of 10 s data up to now, some more as it comes, and the memory it takes. */
  private static long memory(Starter system, int series, Size size) throws Exception {
    Path folder = Files.createTempDirectory("tocsin-ingest");
    try (var receiver = system.start(folder);
        var load = new RemoteWriteLoad(receiver.write(), series, BATCH)) {
      int past = Math.max(1, size.minutes() * 6);
      long at = System.currentTimeMillis() - past * STEP;
      for (int i = 1; i <= past; i++) {
        load.pass(at + i * STEP);
      }
      live(load, at + past * STEP, size.minutes());
      return new FolderProcesses(folder).memory();
    }
  }

  /** So many passes, each when its time has come. */
  private static void live(RemoteWriteLoad load, long last, int passes) throws Exception {
    for (int i = 1; i <= passes; i++) {
      long at = last + i * STEP;
      Thread.sleep(Math.max(0, at - System.currentTimeMillis()));
      load.pass(at);
    }
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }

  /** Two hours of 10 s data, as it lies on disk in the end. */
  private static double disk(Starter system, int series) throws Exception {
    Path folder = Files.createTempDirectory("tocsin-ingest");
    try (var receiver = system.start(folder)) {
      try (var load = new RemoteWriteLoad(receiver.write(), series, BATCH)) {
        long at = System.currentTimeMillis() - DISK_STEPS * STEP;
        for (int i = 0; i < DISK_STEPS; i++) {
          load.pass(at + i * STEP);
        }
      }
      return receiver.bytes() / ((double) series * DISK_STEPS);
    }
  }

  private static Receiver tocsin(Path folder) throws Exception {
    var process = TocsinProcess.start(folder, "status_page: { title: Bench }\n");
    return new Receiver() {
      @Override
      public URI write() {
        return process.ops("/prometheus/api/v1/write");
      }

      @Override
      public long bytes() throws Exception {
        process.close(); // with a checkpoint
        return blocks(folder.resolve("data").resolve("postgres"));
      }

      @Override
      public void close() throws Exception {
        process.close();
      }
    };
  }

  /** The blocks, after the rewrite that a past day gets at night. */
  private static long blocks(Path folder) throws Exception {
    try (var server = EmbeddedServer.start(DatabaseSettings.Embedded.in(folder));
        var database = Database.open(server.address(), Retention.DEFAULT, Instant.now())) {
      new BlockRewrite(database, Duration.ofHours(3))
          .run(Instant.now().plus(Duration.ofDays(2)), Duration.ofDays(30));
      return database
          .jdbi()
          .withHandle(
              handle ->
                  handle
                      .createQuery(
                          "SELECT sum(pg_total_relation_size(relid))"
                              + " FROM pg_partition_tree('sample_block')")
                      .mapTo(Long.class)
                      .one());
    }
  }

  private static Receiver prometheus(Path folder) throws Exception {
    PrometheusProcess process = PrometheusProcess.start(folder);
    return new Receiver() {
      @Override
      public URI write() {
        return process.write();
      }

      @Override
      public long bytes() throws Exception {
        process.snapshot();
        return size(folder.resolve("data").resolve("snapshots"));
      }

      @Override
      public void close() throws Exception {
        process.close();
      }
    };
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      long bytes = 0;
      for (Path file : all) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }
}

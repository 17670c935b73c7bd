package io.tocsin.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.tocsin.ingest.Decoded;
import io.tocsin.ingest.Format;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.SeenSeries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xerial.snappy.Snappy;

/** Decoding requests of 2,000 series with one sample each, all seen before; per sample. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IngestBenchmark {
  private static final int SERIES = 2000;
  private static final long NOW = 1_700_000_000_000L;

  private final Format.Intake intake =
      new Format.Intake(IngestLimits.DEFAULT, new SeenSeries(1 << 20), NOW);
  private byte[] remoteWrite = {};
  private byte[] text = {};

  @Setup
  public void encode() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    var lines = new StringBuilder();
    for (int i = 0; i < SERIES; i++) {
      String[] labels = {
        "__name__",
        "http_request_duration_seconds_bucket",
        "code",
        "200",
        "handler",
        "/api/v1/query_range",
        "instance",
        "10.0.17." + i % 250 + ":9090",
        "job",
        "prometheus",
        "le",
        "0.25",
        "namespace",
        "monitoring",
        "pod",
        "prometheus-" + i
      };
      out.writeBytes(1, ByteString.copyFrom(series(labels, i * 1.7)));
      lines.append(labels[1]).append('{');
      for (int label = 2; label < labels.length; label += 2) {
        lines.append(labels[label]).append("=\"").append(labels[label + 1]).append("\",");
      }
      lines.append("} ").append(i * 1.7).append('\n');
    }
    out.flush();
    remoteWrite = Snappy.compress(bytes.toByteArray());
    text = lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] series(String[] labels, double value) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    for (int i = 0; i < labels.length; i += 2) {
      var label = new ByteArrayOutputStream();
      var fields = CodedOutputStream.newInstance(label);
      fields.writeString(1, labels[i]);
      fields.writeString(2, labels[i + 1]);
      fields.flush();
      out.writeBytes(1, ByteString.copyFrom(label.toByteArray()));
    }
    var sample = new ByteArrayOutputStream();
    var fields = CodedOutputStream.newInstance(sample);
    fields.writeDouble(1, value);
    fields.writeInt64(2, NOW);
    fields.flush();
    out.writeBytes(2, ByteString.copyFrom(sample.toByteArray()));
    out.flush();
    return bytes.toByteArray();
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public Decoded remoteWrite() {
    return Format.REMOTE_WRITE.decode(remoteWrite, intake);
  }

  @Benchmark
  @OperationsPerInvocation(SERIES)
  public Decoded text() {
    return Format.TEXT.decode(text, intake);
  }
}

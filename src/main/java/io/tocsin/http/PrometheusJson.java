package io.tocsin.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.label.Labels;
import io.tocsin.promql.Notes;
import io.tocsin.promql.Value;
import io.tocsin.promql.Value.Matrix;
import io.tocsin.promql.Value.Sample;
import io.tocsin.promql.Value.Scalar;
import io.tocsin.promql.Value.Text;
import io.tocsin.promql.Value.Vector;
import io.tocsin.series.SeriesPoints;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Query results in Prometheus' envelope: seconds with milliseconds as numbers, values as text.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats">Result
 *     formats</a>
 */
final class PrometheusJson {

  private static final JsonFactory JSON = new JsonFactory();

  private static final String TRUNCATED = "results truncated due to limit";

  private record Success(String status, Object data) {}

  private record Cut(String status, Object data, List<String> warnings) {}

  private final JsonGenerator out;

  private PrometheusJson(JsonGenerator out) {
    this.out = out;
  }

  /** A part of the answer that writes itself. */
  @FunctionalInterface
  interface Part {
    void write(JsonGenerator out) throws IOException;
  }

  /** Any value of ours in the envelope. */
  static Reply success(Object data) {
    return Reply.json(new Success("success", data));
  }

  /** A list in the envelope; with more than {@code limit} elements cut, saying so. */
  static Reply success(Collection<?> data, int limit) {
    return data.size() <= limit
        ? success(data)
        : Reply.json(new Cut("success", data.stream().limit(limit).toList(), List.of(TRUNCATED)));
  }

  /** A query's result in the envelope; with more than {@code limit} series cut, saying so. */
  static Reply of(Value value, int limit) {
    return render(json -> json.envelope(value, limit, Optional.empty()));
  }

  /** As above, with statistics. */
  static Reply of(Value value, int limit, Part stats) {
    return render(json -> json.envelope(value, limit, Optional.of(stats)));
  }

  private interface Writing {
    void write(PrometheusJson json) throws IOException;
  }

  private static Reply render(Writing writing) {
    var bytes = new ByteArrayOutputStream(1_024);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      writing.write(new PrometheusJson(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Reply.of(200, "application/json", Buffer.buffer(bytes.toByteArray()));
  }

  private void envelope(Value value, int limit, Optional<Part> stats) throws IOException {
    out.writeStartObject();
    out.writeStringField("status", "success");
    out.writeObjectFieldStart("data");
    boolean cut = result(value, limit);
    if (stats.isPresent()) {
      out.writeObjectFieldStart("stats");
      stats.get().write(out);
      out.writeEndObject();
    }
    out.writeEndObject();
    notes(value.notes(), cut);
    out.writeEndObject();
  }

  private boolean result(Value value, int limit) throws IOException {
    return switch (value) {
      case Vector vector -> {
        start("vector");
        for (Sample sample :
            vector.samples().subList(0, Math.min(limit, vector.samples().size()))) {
          out.writeStartObject();
          metric(sample.labels());
          out.writeFieldName("value");
          point(sample.timestamp(), sample.value());
          out.writeEndObject();
        }
        out.writeEndArray();
        yield vector.samples().size() > limit;
      }
      case Matrix matrix -> {
        start("matrix");
        for (SeriesPoints series :
            matrix.series().subList(0, Math.min(limit, matrix.series().size()))) {
          series(series);
        }
        out.writeEndArray();
        yield matrix.series().size() > limit;
      }
      case Scalar scalar -> {
        out.writeStringField("resultType", "scalar");
        out.writeFieldName("result");
        point(scalar.timestamp(), scalar.value());
        yield false;
      }
      case Text text -> {
        out.writeStringField("resultType", "string");
        out.writeFieldName("result");
        out.writeStartArray();
        out.writeNumber(GoNumber.seconds(text.timestamp()));
        out.writeString(text.value());
        out.writeEndArray();
        yield false;
      }
    };
  }

  private void start(String type) throws IOException {
    out.writeStringField("resultType", type);
    out.writeArrayFieldStart("result");
  }

  private void series(SeriesPoints series) throws IOException {
    out.writeStartObject();
    metric(series.labels());
    out.writeArrayFieldStart("values");
    for (int i = 0; i < series.size(); i++) {
      point(series.timestamps()[i], series.values()[i]);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void metric(Labels labels) throws IOException {
    out.writeObjectFieldStart("metric");
    for (int i = 0; i < labels.size(); i++) {
      out.writeStringField(labels.name(i), labels.value(i));
    }
    out.writeEndObject();
  }

  private void point(long millis, double value) throws IOException {
    out.writeStartArray();
    out.writeNumber(GoNumber.seconds(millis));
    out.writeString(GoNumber.of(value));
    out.writeEndArray();
  }

  private void notes(Notes notes, boolean cut) throws IOException {
    if (cut || !notes.warnings().isEmpty()) {
      out.writeArrayFieldStart("warnings");
      for (String warning : notes.warnings()) {
        out.writeString(warning);
      }
      if (cut) {
        out.writeString(TRUNCATED);
      }
      out.writeEndArray();
    }
    texts("infos", notes.infos());
  }

  private void texts(String field, List<String> texts) throws IOException {
    if (!texts.isEmpty()) {
      out.writeArrayFieldStart(field);
      for (String text : texts) {
        out.writeString(text);
      }
      out.writeEndArray();
    }
  }
}

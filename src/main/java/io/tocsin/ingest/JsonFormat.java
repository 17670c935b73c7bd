package io.tocsin.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Our JSON samples, see {@link Format#JSON}; errors carry the path. */
final class JsonFormat {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonParser in;
  private final Format.Intake intake;
  private final LabelSet labels;
  private final SampleBatch.Builder samples = SampleBatch.builder();
  private String prefix = "";

  private JsonFormat(JsonParser in, Format.Intake intake) {
    this.in = in;
    this.intake = intake;
    this.labels = new LabelSet(intake);
  }

  static Decoded decode(byte[] body, Format.Intake intake) {
    try (JsonParser in = JSON.createParser(body)) {
      return new JsonFormat(in, intake).request();
    } catch (JsonProcessingException e) {
      throw MalformedInput.json(e);
    } catch (IOException e) {
      throw new MalformedInput("body: " + e.getMessage());
    }
  }

  private Decoded request() throws IOException {
    JsonToken first = in.nextToken();
    if (first == JsonToken.START_OBJECT) {
      envelope();
    } else if (first == JsonToken.START_ARRAY) {
      array();
    } else {
      throw found("body", "an object with \"samples\" or an array");
    }
    if (in.nextToken() != null) {
      throw found("body", "nothing behind the samples");
    }
    return Decoded.whole(samples.build(), Map.of());
  }

  private void envelope() throws IOException {
    boolean there = false;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      if (!in.currentName().equals("samples")) {
        throw new MalformedInput(in.currentName() + ": unknown field found, expected samples");
      }
      if (in.nextToken() != JsonToken.START_ARRAY) {
        throw found("samples", "an array");
      }
      prefix = "samples";
      array();
      there = true;
    }
    if (!there) {
      throw new MalformedInput("samples: nothing found, expected an array");
    }
  }

  private void array() throws IOException {
    while (in.nextToken() != JsonToken.END_ARRAY) {
      intake.limits().checkSamples(samples.size() + 1);
      if (in.currentToken() != JsonToken.START_OBJECT) {
        throw found(where(), "an object");
      }
      sample();
    }
  }

  private String where() {
    return prefix + "[" + samples.size() + "]";
  }

  private void sample() throws IOException {
    labels.clear();
    boolean named = false;
    long timestamp = intake.receivedMillis();
    var value = OptionalDouble.empty();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "metric" -> {
          labels.add(Labels.NAME, string(".metric"));
          named = true;
        }
        case "labels" -> labels();
        case "value" -> value = OptionalDouble.of(value());
        case "timestamp" -> timestamp = timestamp();
        default ->
            throw new MalformedInput(
                where()
                    + "."
                    + field
                    + ": unknown field found, expected metric, labels, value or timestamp");
      }
    }
    if (!named) {
      throw new MalformedInput(where() + ".metric: nothing found, expected a string");
    }
    double present =
        value.orElseThrow(
            () -> new MalformedInput(where() + ".value: nothing found, expected a number"));
    intake.checkTime(timestamp, this::where);
    samples.add(labels.build(this::where), timestamp, present);
  }

  private void labels() throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw found(where() + ".labels", "an object of strings");
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      labels.add(name, string(".labels." + name));
    }
  }

  private String string(String field) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw found(where() + field, "a string");
    }
    return in.getText();
  }

  private double value() throws IOException {
    @Nullable JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      double value = in.getDoubleValue();
      if (Double.isFinite(value)) {
        return value;
      }
    } else if (token == JsonToken.VALUE_STRING) {
      switch (in.getText()) {
        case "NaN" -> {
          return Double.NaN;
        }
        case "Inf", "+Inf" -> {
          return Double.POSITIVE_INFINITY;
        }
        case "-Inf" -> {
          return Double.NEGATIVE_INFINITY;
        }
        default -> {}
      }
    }
    throw found(where() + ".value", "a number, \"NaN\", \"Inf\" or \"-Inf\"");
  }

  private long timestamp() throws IOException {
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT
        || in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw found(where() + ".timestamp", "whole milliseconds since the epoch");
    }
    return in.getLongValue();
  }

  private MalformedInput found(String path, String expected) throws IOException {
    String text = in.currentToken() == null ? "nothing" : in.getText();
    String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
    return new MalformedInput(path + ": " + shown + " found, expected " + expected);
  }
}

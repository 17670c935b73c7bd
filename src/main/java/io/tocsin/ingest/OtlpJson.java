package io.tocsin.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tocsin.ingest.OtlpSchema.Field;
import io.tocsin.ingest.OtlpSchema.Message;
import io.tocsin.ingest.OtlpSchema.Nested;
import io.tocsin.ingest.OtlpSchema.Scalar;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * OTLP's JSON as the same message in protobuf. Fields we do not know are passed over; 64-bit
 * numbers may be texts; an enum is its number or its name.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP, JSON
 *     Protobuf encoding</a>
 */
final class OtlpJson {
  private static final int DEEPEST = 100;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();
  private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(64);

  private final JsonParser in;
  private final ProtoWriter out;

  private OtlpJson(JsonParser in, IngestLimits limits) {
    this.in = in;
    this.out = new ProtoWriter(limits);
  }

  static byte[] toProtobuf(byte[] body, IngestLimits limits) {
    try (JsonParser in = JSON.createParser(body)) {
      return new OtlpJson(in, limits).request();
    } catch (JsonProcessingException e) {
      throw MalformedInput.json(e);
    } catch (IOException e) {
      throw new MalformedInput("body: " + e.getMessage());
    }
  }

  private byte[] request() throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw found("an object with \"resourceMetrics\"");
    }
    message(Message.REQUEST);
    if (in.nextToken() != null) {
      throw found("nothing behind the request");
    }
    return out.written();
  }

  private void message(Message message) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      Optional<Field> field = OtlpSchema.field(message, in.currentName());
      in.nextToken();
      if (field.isEmpty() || in.currentToken() == JsonToken.VALUE_NULL) {
        in.skipChildren();
      } else if (field.get().many()) {
        list(field.get());
      } else {
        value(field.get());
      }
    }
  }

  private void list(Field field) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw found("an array");
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      value(field);
    }
  }

  private void value(Field field) throws IOException {
    switch (field.type()) {
      case Nested nested -> {
        if (in.currentToken() != JsonToken.START_OBJECT) {
          throw found("an object");
        }
        int start = out.begin(field.number());
        message(nested.message());
        out.end(start);
      }
      case Scalar scalar -> scalar(field.number(), scalar);
    }
  }

  private void scalar(int number, Scalar type) throws IOException {
    switch (type) {
      case STRING -> out.text(number, text("a text"));
      case BYTES -> out.raw(number, base64());
      case BOOL -> out.varint(number, bool() ? 1 : 0);
      case VARINT -> out.varint(number, integer());
      case TEMPORALITY -> out.varint(number, temporality());
      case FIXED64 -> out.fixed64(number, integer());
      case DOUBLE -> out.fixed64(number, Double.doubleToRawLongBits(real()));
    }
  }

  private String text(String expected) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw found(expected);
    }
    return in.getText();
  }

  private byte[] base64() throws IOException {
    try {
      return Base64.getDecoder().decode(text("base64"));
    } catch (IllegalArgumentException e) {
      throw found("base64");
    }
  }

  private boolean bool() throws IOException {
    return switch (in.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case null, default -> throw found("true or false");
    };
  }

  private long temporality() throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      return integer();
    }
    return switch (in.getText()) {
      case "AGGREGATION_TEMPORALITY_DELTA" -> 1;
      case "AGGREGATION_TEMPORALITY_CUMULATIVE" -> 2;
      default -> 0;
    };
  }

  /** A whole number of 64 bits, signed or not, as a number or a text. */
  private long integer() throws IOException {
    @Nullable JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING) {
      String text = in.getText();
      try {
        return text.length() < 19 ? Long.parseLong(text) : large(text);
      } catch (NumberFormatException e) {
        throw found("a whole number of 64 bits");
      }
    }
    throw found("a whole number of 64 bits");
  }

  private static long large(String text) {
    if (text.length() > 20) {
      throw new NumberFormatException(text);
    }
    var value = new BigInteger(text);
    if (value.compareTo(UNSIGNED) >= 0 || value.bitLength() > 64) {
      throw new NumberFormatException(text);
    }
    return value.longValue();
  }

  private double real() throws IOException {
    @Nullable JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      return in.getDoubleValue();
    }
    if (token == JsonToken.VALUE_STRING) {
      switch (in.getText()) {
        case "NaN" -> {
          return Double.NaN;
        }
        case "Infinity" -> {
          return Double.POSITIVE_INFINITY;
        }
        case "-Infinity" -> {
          return Double.NEGATIVE_INFINITY;
        }
        default -> {}
      }
    }
    throw found("a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
  }

  private MalformedInput found(String expected) throws IOException {
    String path = in.getParsingContext().pathAsPointer().toString();
    String text = in.currentToken() == null ? "nothing" : in.getText();
    String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
    return new MalformedInput(
        (path.isEmpty() ? "body" : path) + ": " + shown + " found, expected " + expected);
  }
}

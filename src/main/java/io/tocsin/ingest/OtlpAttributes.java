package io.tocsin.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Attributes of OTLP as text: {@code KeyValue{ key = 1, AnyValue value = 2{ string = 1, bool = 2,
 * int = 3, double = 4, array = 5, kvlist = 6, bytes = 7 } }}. Lists and maps become JSON.
 *
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto">common.proto</a>
 */
final class OtlpAttributes {
  private static final int KEY = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int VALUE = 2 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int STRING = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int BOOL = 2 << 3 | ProtoReader.VARINT;
  private static final int INT = 3 << 3 | ProtoReader.VARINT;
  private static final int DOUBLE = 4 << 3 | ProtoReader.FIXED64;
  private static final int ARRAY = 5 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int MAP = 6 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int BYTES = 7 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int ITEM = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int DEEPEST = 32;
  private static final int MOST = 1024;
  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] bytes;
  private final ProtoReader in;
  private final Supplier<String> where;

  OtlpAttributes(byte[] bytes, ProtoReader in, Supplier<String> where) {
    this.bytes = bytes;
    this.in = in;
    this.where = where;
  }

  /** Reads one {@code KeyValue} into a map; the reader stands at its first field. */
  void read(int end, Map<String, String> into) {
    String key = "";
    String value = "";
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == KEY) {
        key = text(end);
      } else if (tag == VALUE) {
        value = scalar(in.end(end));
      } else {
        in.skip(tag, end);
      }
    }
    into.put(key, value);
    if (into.size() > MOST) {
      throw new MalformedInput(
          where.get() + ": more than " + MOST + " attributes found on one thing");
    }
  }

  String text(int limit) {
    int end = in.end(limit);
    String text = Utf8.text(bytes, in.position(), end, where);
    in.jump(end);
    return text;
  }

  private String scalar(int end) {
    String value = "";
    while (in.more(end)) {
      int start = in.position();
      int tag = in.tag();
      value =
          switch (tag) {
            case STRING -> text(end);
            case BOOL -> in.varint(end) != 0 ? "true" : "false";
            case INT -> Long.toString(in.varint(end));
            case DOUBLE -> GoFloat.plain(Double.longBitsToDouble(in.fixed64(end)));
            case BYTES -> base64(end);
            case ARRAY, MAP -> json(start, end);
            default -> {
              in.skip(tag, end);
              yield value;
            }
          };
    }
    return value;
  }

  private String base64(int limit) {
    int end = in.end(limit);
    byte[] raw = Arrays.copyOfRange(bytes, in.position(), end);
    in.jump(end);
    return Base64.getEncoder().encodeToString(raw);
  }

  private String json(int start, int end) {
    in.jump(start);
    var text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      value(out, end, 0);
    } catch (IOException e) {
      throw new MalformedInput(where.get() + ": attribute: " + e.getMessage());
    }
    return text.toString();
  }

  /** An {@code AnyValue}; an empty one is null. */
  private void value(JsonGenerator out, int end, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new MalformedInput(
          where.get() + ": attribute nested deeper than " + DEEPEST + " levels found");
    }
    if (!in.more(end)) {
      out.writeNull();
      return;
    }
    int tag = in.tag();
    switch (tag) {
      case STRING -> out.writeString(text(end));
      case BOOL -> out.writeBoolean(in.varint(end) != 0);
      case INT -> out.writeNumber(in.varint(end));
      case DOUBLE -> out.writeNumber(Double.longBitsToDouble(in.fixed64(end)));
      case BYTES -> out.writeString(base64(end));
      case ARRAY -> list(out, in.end(end), depth);
      case MAP -> map(out, in.end(end), depth);
      default -> {
        in.skip(tag, end);
        out.writeNull();
      }
    }
    in.jump(end);
  }

  private void list(JsonGenerator out, int end, int depth) throws IOException {
    out.writeStartArray();
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == ITEM) {
        value(out, in.end(end), depth + 1);
      } else {
        in.skip(tag, end);
      }
    }
    out.writeEndArray();
  }

  private void map(JsonGenerator out, int end, int depth) throws IOException {
    out.writeStartObject();
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == ITEM) {
        entry(out, in.end(end), depth);
      } else {
        in.skip(tag, end);
      }
    }
    out.writeEndObject();
  }

  private void entry(JsonGenerator out, int end, int depth) throws IOException {
    String key = "";
    int valueFrom = end;
    int valueEnd = end;
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == KEY) {
        key = text(end);
      } else if (tag == VALUE) {
        valueEnd = in.end(end);
        valueFrom = in.position();
        in.jump(valueEnd);
      } else {
        in.skip(tag, end);
      }
    }
    out.writeFieldName(key);
    in.jump(valueFrom);
    value(out, valueEnd, depth + 1);
    in.jump(end);
  }
}

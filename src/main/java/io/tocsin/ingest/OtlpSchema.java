package io.tocsin.ingest;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The messages of OTLP metrics: each field's JSON name, number and type. Exemplars are left out, as
 * we do not keep them.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP, JSON
 *     Protobuf encoding</a>
 */
final class OtlpSchema {

  /** A message by its name. */
  enum Message {
    REQUEST,
    RESOURCE_METRICS,
    RESOURCE,
    SCOPE_METRICS,
    METRIC,
    GAUGE,
    SUM,
    HISTOGRAM,
    EXPONENTIAL_HISTOGRAM,
    SUMMARY,
    NUMBER_POINT,
    HISTOGRAM_POINT,
    EXPONENTIAL_POINT,
    SUMMARY_POINT,
    QUANTILE,
    KEY_VALUE,
    ANY_VALUE,
    ARRAY,
    KEY_VALUE_LIST
  }

  /** How a field is written. */
  sealed interface Type {}

  /** A nested message. */
  record Nested(Message message) implements Type {}

  /** A single value. */
  enum Scalar implements Type {
    STRING,
    BYTES,
    BOOL,
    VARINT,
    TEMPORALITY,
    FIXED64,
    DOUBLE
  }

  /**
   * One field of a message.
   *
   * @param many whether it is a list
   */
  record Field(int number, Type type, boolean many) {}

  private static final Map<Message, Map<String, Field>> FIELDS = new EnumMap<>(Message.class);

  static {
    message(Message.REQUEST).list("resourceMetrics", 1, Message.RESOURCE_METRICS);
    message(Message.RESOURCE_METRICS)
        .one("resource", 1, Message.RESOURCE)
        .list("scopeMetrics", 2, Message.SCOPE_METRICS);
    message(Message.RESOURCE).list("attributes", 1, Message.KEY_VALUE);
    message(Message.SCOPE_METRICS).list("metrics", 2, Message.METRIC);
    message(Message.METRIC)
        .one("name", 1, Scalar.STRING)
        .one("description", 2, Scalar.STRING)
        .one("unit", 3, Scalar.STRING)
        .one("gauge", 5, Message.GAUGE)
        .one("sum", 7, Message.SUM)
        .one("histogram", 9, Message.HISTOGRAM)
        .one("exponentialHistogram", 10, Message.EXPONENTIAL_HISTOGRAM)
        .one("summary", 11, Message.SUMMARY);
    message(Message.GAUGE).list("dataPoints", 1, Message.NUMBER_POINT);
    message(Message.SUM)
        .list("dataPoints", 1, Message.NUMBER_POINT)
        .one("aggregationTemporality", 2, Scalar.TEMPORALITY)
        .one("isMonotonic", 3, Scalar.BOOL);
    message(Message.HISTOGRAM)
        .list("dataPoints", 1, Message.HISTOGRAM_POINT)
        .one("aggregationTemporality", 2, Scalar.TEMPORALITY);
    message(Message.EXPONENTIAL_HISTOGRAM)
        .list("dataPoints", 1, Message.EXPONENTIAL_POINT)
        .one("aggregationTemporality", 2, Scalar.TEMPORALITY);
    message(Message.SUMMARY).list("dataPoints", 1, Message.SUMMARY_POINT);
    message(Message.NUMBER_POINT)
        .one("startTimeUnixNano", 2, Scalar.FIXED64)
        .one("timeUnixNano", 3, Scalar.FIXED64)
        .one("asDouble", 4, Scalar.DOUBLE)
        .one("asInt", 6, Scalar.FIXED64)
        .list("attributes", 7, Message.KEY_VALUE)
        .one("flags", 8, Scalar.VARINT);
    message(Message.HISTOGRAM_POINT)
        .one("startTimeUnixNano", 2, Scalar.FIXED64)
        .one("timeUnixNano", 3, Scalar.FIXED64)
        .one("count", 4, Scalar.FIXED64)
        .one("sum", 5, Scalar.DOUBLE)
        .list("bucketCounts", 6, Scalar.FIXED64)
        .list("explicitBounds", 7, Scalar.DOUBLE)
        .list("attributes", 9, Message.KEY_VALUE)
        .one("flags", 10, Scalar.VARINT);
    message(Message.EXPONENTIAL_POINT).one("timeUnixNano", 3, Scalar.FIXED64);
    message(Message.SUMMARY_POINT)
        .one("startTimeUnixNano", 2, Scalar.FIXED64)
        .one("timeUnixNano", 3, Scalar.FIXED64)
        .one("count", 4, Scalar.FIXED64)
        .one("sum", 5, Scalar.DOUBLE)
        .list("quantileValues", 6, Message.QUANTILE)
        .list("attributes", 7, Message.KEY_VALUE)
        .one("flags", 8, Scalar.VARINT);
    message(Message.QUANTILE).one("quantile", 1, Scalar.DOUBLE).one("value", 2, Scalar.DOUBLE);
    message(Message.KEY_VALUE).one("key", 1, Scalar.STRING).one("value", 2, Message.ANY_VALUE);
    message(Message.ANY_VALUE)
        .one("stringValue", 1, Scalar.STRING)
        .one("boolValue", 2, Scalar.BOOL)
        .one("intValue", 3, Scalar.VARINT)
        .one("doubleValue", 4, Scalar.DOUBLE)
        .one("arrayValue", 5, Message.ARRAY)
        .one("kvlistValue", 6, Message.KEY_VALUE_LIST)
        .one("bytesValue", 7, Scalar.BYTES);
    message(Message.ARRAY).list("values", 1, Message.ANY_VALUE);
    message(Message.KEY_VALUE_LIST).list("values", 1, Message.KEY_VALUE);
  }

  private OtlpSchema() {}

  /** A field by its name in lower camel case, or with underscores as in the protobuf. */
  static Optional<Field> field(Message message, String name) {
    Map<String, Field> fields = FIELDS.getOrDefault(message, Map.of());
    return Optional.ofNullable(fields.get(name.indexOf('_') < 0 ? name : camelCase(name)));
  }

  private static String camelCase(String name) {
    var camel = new StringBuilder(name.length());
    boolean raise = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_') {
        raise = true;
      } else {
        camel.append(raise ? Character.toUpperCase(c) : c);
        raise = false;
      }
    }
    return camel.toString();
  }

  private static Fields message(Message message) {
    var fields = new HashMap<String, Field>();
    FIELDS.put(message, fields);
    return new Fields(fields);
  }

  /** Collects the fields of a message. */
  private record Fields(Map<String, Field> fields) {
    Fields one(String name, int number, Type type) {
      fields.put(name, new Field(number, type, false));
      return this;
    }

    Fields one(String name, int number, Message message) {
      return one(name, number, new Nested(message));
    }

    Fields list(String name, int number, Type type) {
      fields.put(name, new Field(number, type, true));
      return this;
    }

    Fields list(String name, int number, Message message) {
      return list(name, number, new Nested(message));
    }
  }
}

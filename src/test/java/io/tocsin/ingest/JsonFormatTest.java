package io.tocsin.ingest;

import static io.tocsin.ingest.Intakes.assertRefused;
import static io.tocsin.ingest.Intakes.shown;
import static io.tocsin.ingest.Intakes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonFormatTest {
  private final Format.Intake intake = Intakes.fresh();

  private void refused(String json, String reason) {
    assertRefused(Format.JSON, utf8(json), intake, reason);
  }

  @Test
  void readsTheObjectForm() {
    String json =
        """
        {"samples": [
          {"metric": "load", "labels": {"host": "a", "none": ""}, "value": 1.5, "timestamp": 1699999999999},
          {"value": "NaN", "metric": "load"},
          {"metric": "load", "value": "-Inf"}, {"metric": "load", "value": "Inf"},
          {"metric": "é", "value": -7}
        ]}
        """;

    assertThat(shown(Format.JSON.decode(utf8(json), intake).samples()))
        .containsExactly(
            "load{host=\"a\"} 1.5 @1699999999999",
            "load NaN @1700000000000",
            "load -Infinity @1700000000000",
            "load Infinity @1700000000000",
            "é -7.0 @1700000000000");
  }

  @Test
  void readsTheArrayForm() {
    assertThat(
            shown(Format.JSON.decode(utf8("[{\"metric\":\"x\",\"value\":1}]"), intake).samples()))
        .containsExactly("x 1.0 @1700000000000");
    assertThat(Format.JSON.decode(utf8("[]"), intake).samples().isEmpty()).isTrue();
  }

  @Test
  void errorsCarryThePath() {
    refused("", "body: nothing found, expected an object with \"samples\" or an array");
    refused("7", "body: 7 found");
    refused("{}", "samples: nothing found, expected an array");
    refused("{\"sample\":[]}", "sample: unknown field found, expected samples");
    refused("{\"samples\":{}}", "samples: { found, expected an array");
    refused("{\"samples\":[1]}", "samples[0]: 1 found, expected an object");
    refused("[{\"metric\":\"x\",\"value\":1},{\"metric\":\"x\"}]", "[1].value: nothing found");
    refused("[{\"value\":1}]", "[0].metric: nothing found, expected a string");
    refused("[{\"metric\":5,\"value\":1}]", "[0].metric: 5 found, expected a string");
    refused("[{\"metric\":\"x\",\"value\":\"one\"}]", "[0].value: one found, expected a number");
    refused("[{\"metric\":\"x\",\"value\":1e999}]", "[0].value: 1e999 found");
    refused("[{\"metric\":\"x\",\"value\":null}]", "[0].value: null found");
    refused("[{\"metric\":\"x\",\"value\":1,\"time\":1}]", "[0].time: unknown field found");
    refused("[{\"metric\":\"x\",\"value\":1,\"timestamp\":1.5}]", "[0].timestamp: 1.5 found");
    refused(
        "[{\"metric\":\"x\",\"value\":1,\"timestamp\":99999999999999999999}]",
        "[0].timestamp: 99999999999999999999 found");
    refused("[{\"metric\":\"x\",\"labels\":[],\"value\":1}]", "[0].labels: [ found");
    refused(
        "{\"samples\":[{\"metric\":\"x\",\"labels\":{\"a\":1},\"value\":1}]}",
        "samples[0].labels.a: 1 found, expected a string");
    refused("[{\"metric\":\"\",\"value\":1}]", "[0]: no metric name found");
    refused("[{\"metric\":\"x\",\"labels\":{\"\":\"a\"},\"value\":1}]", "[0]: empty label name");
    refused(
        "[{\"metric\":\"x\",\"labels\":{\"__name__\":\"a\"},\"value\":1}]",
        "[0]: label \"__name__\" found twice");
    refused("[] []", "body: [ found, expected nothing behind the samples");
    refused("[{\"metric\":\"x\",\n\"metric\":\"y\"}]", "line 2, column");
    refused("[{\"metric\":\"x\" \"value\"}]", "line 1, column");
    refused("[{\"metric\":\"x\",\"labels\":{\"a\":\"\\u0000\"},\"value\":1}]", "character U+0000");
    refused("[{\"metric\":\"\\ud800\",\"value\":1}]", "character U+D800");
    refused("[{\"metric\":\"a\\nb\",\"value\":1}]", "control character U+000A");
  }

  @Test
  void limitsHold() {
    String one = "{\"metric\":\"x\",\"value\":1}";
    assertRefused(
        Format.JSON,
        utf8("[" + String.join(",", one, one, one, one) + "]"),
        Intakes.with(Intakes.small()),
        "samples in the request: 4 found, expected at most 3");
  }

  @Test
  void deeplyNestedJsonIsRefused() {
    assertRefused(
        Format.JSON,
        utf8("{\"samples\":[{\"metric\":" + "[".repeat(2_000)),
        Intakes.fresh(),
        "expected a string");
    assertRefused(Format.JSON, utf8("[".repeat(2_000)), Intakes.fresh(), "expected an object");
  }
}

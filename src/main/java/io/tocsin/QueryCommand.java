package io.tocsin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.label.Labels;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin query EXPR}: one line per series, as promtool prints it. */
@Command(name = "query", description = "Asks the running service a PromQL question.")
final class QueryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RemoteServer server = new RemoteServer();

  @Parameters(paramLabel = "EXPR", description = "PromQL expression.")
  private String expression = "";

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "Instant as RFC 3339 or Unix seconds (default: now).")
  private @Nullable String time;

  @Override
  public Integer call() throws IOException {
    String path = "/prometheus/api/v1/query?query=" + encode(expression);
    if (time != null) {
      path += "&time=" + encode(time);
    }
    JsonNode data = new ObjectMapper().readTree(server.get(path)).path("data");
    print(data, spec.commandLine().getOut());
    return Tocsin.FINE;
  }

  private static void print(JsonNode data, PrintWriter out) {
    JsonNode result = data.path("result");
    switch (data.path("resultType").asText()) {
      case "scalar", "string" ->
          out.println(result.path(1).asText() + " @[" + result.path(0).asText() + "]");
      case "matrix" ->
          result.forEach(
              series -> {
                out.println(labels(series) + " =>");
                series.path("values").forEach(point -> out.println(point(point)));
              });
      default ->
          result.forEach(
              sample -> out.println(labels(sample) + " => " + point(sample.path("value"))));
    }
  }

  private static String point(JsonNode pair) {
    return pair.path(1).asText() + " @[" + pair.path(0).asText() + "]";
  }

  private static String labels(JsonNode series) {
    var labels = Labels.builder();
    series
        .path("metric")
        .properties()
        .forEach(entry -> labels.set(entry.getKey(), entry.getValue().asText()));
    return labels.build().toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Our API's description, read as a test reads it. */
final class Contract {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private final JsonObject document;

  private Contract(JsonObject document) {
    this.document = document;
  }

  @SuppressWarnings("unchecked")
  static Contract load() throws IOException {
    try (var file = Contract.class.getResourceAsStream("/openapi.yaml")) {
      Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(file);
      return new Contract(new JsonObject((Map<String, Object>) tree));
    }
  }

  /** Every operation as {@code GET /api/v1/things/{id}}. */
  Set<String> operations() {
    var operations = new TreeSet<String>();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      for (String method : paths.getJsonObject(path).fieldNames()) {
        if (METHODS.contains(method)) {
          operations.add(method.toUpperCase(Locale.ROOT) + " " + path);
        }
      }
    }
    return operations;
  }

  /** Every operation on our own API that a router answers to, in the same words. */
  static Set<String> operations(Router router) {
    var operations = new TreeSet<String>();
    for (Route route : router.getRoutes()) {
      if (route.getPath() != null && route.getPath().startsWith("/api/v1/")) {
        String path = route.getPath().replaceAll(":([a-z]+)", "{$1}");
        for (HttpMethod method : route.methods()) {
          if (!method.equals(HttpMethod.HEAD)) {
            operations.add(method + " " + path);
          }
        }
      }
    }
    return operations;
  }

  /** Fails unless the answer's status, media type and body are as the operation documents. */
  void check(String operation, HttpResponse<String> answer) {
    JsonObject responses = operation(operation).getJsonObject("responses");
    JsonObject response =
        resolved(
            responses.getJsonObject(
                String.valueOf(answer.statusCode()), responses.getJsonObject("default")));
    JsonObject content = response.getJsonObject("content");
    if (content == null) {
      assertThat(answer.body()).as(operation).isEmpty();
      return;
    }
    String mediaType = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
    assertThat(content.fieldNames()).as(operation).contains(mediaType);
    if (mediaType.endsWith("json")) {
      validate(operation, content.getJsonObject(mediaType).getJsonObject("schema"), answer.body());
    }
  }

  private void validate(String operation, JsonObject schema, String body) {
    JsonObject root = document.copy().mergeIn(schema);
    var outcome =
        Validator.create(
                JsonSchema.of(root),
                new JsonSchemaOptions()
                    .setBaseUri("app://tocsin")
                    .setDraft(Draft.DRAFT202012)
                    .setOutputFormat(OutputFormat.Basic))
            .validate(Json.decodeValue(body));
    assertThat(outcome.getValid()).as("%s: %s%n%s", operation, outcome.getErrors(), body).isTrue();
  }

  /** Whether an operation may be called without a token. */
  boolean open(String operation) {
    var security = operation(operation).getJsonArray("security");
    return security != null && security.isEmpty();
  }

  private JsonObject operation(String operation) {
    String[] parts = operation.split(" ", 2);
    return document
        .getJsonObject("paths")
        .getJsonObject(parts[1])
        .getJsonObject(parts[0].toLowerCase(Locale.ROOT));
  }

  private JsonObject resolved(JsonObject node) {
    String reference = node.getString("$ref");
    if (reference == null) {
      return node;
    }
    JsonObject found = document;
    for (String step : reference.substring("#/".length()).split("/")) {
      found = Objects.requireNonNull(found.getJsonObject(step), reference);
    }
    return found;
  }
}

package io.tocsin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.channel.Channels;
import io.tocsin.channel.Outside;
import io.tocsin.settings.Outline;
import io.tocsin.settings.SchemaDocument;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The JSON Schema of tocsin.yaml. The readers themselves say what they take, while they read a
 * shipped example that has every key.
 */
final class ConfigSchema {

  private static final String FOLDER = "/schema/";
  private static final List<String> BESIDE = List.of("logo.svg", "alertmanager.yml", "rules.yaml");

  private ConfigSchema() {}

  /** The schema, 2020-12. */
  static ObjectNode document() throws IOException {
    return SchemaDocument.of(outline(), sentences());
  }

  /** What the readers asked for. */
  static Outline outline() throws IOException {
    Path folder = Files.createTempDirectory("tocsin-schema");
    try {
      for (String name : BESIDE) {
        Files.writeString(folder.resolve(name), text(name));
      }
      return read(folder);
    } finally {
      delete(folder);
    }
  }

  private static Outline read(Path folder) throws IOException {
    var environment = new HashMap<>(Map.of("HERE", folder.toString()));
    Path file = folder.resolve("tocsin.yaml");
    Outline whole = Outline.empty();
    for (String document : text("every-key.yaml").split("(?m)^---$")) {
      Files.writeString(file, document);
      Configuration configuration = Configuration.read(file, environment);
      open(configuration);
      whole.add(configuration.outline());
    }
    return whole;
  }

  /** Reads the receivers, as {@code serve} does; connects to none. */
  static void open(Configuration configuration) {
    Vertx vertx = Vertx.vertx();
    try {
      Channels.read(
          configuration.receivers(),
          new Outside(
              vertx, configuration.console(), InstantSource.system(), configuration.smtp()));
    } finally {
      vertx.close();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** What keys are for, in a sentence each, by path. */
  static Map<String, String> sentences() throws IOException {
    var file = new Properties();
    try (var reader =
        new InputStreamReader(resource("sentences.properties"), StandardCharsets.UTF_8)) {
      file.load(reader);
    }
    var sentences = new TreeMap<String, String>();
    file.stringPropertyNames().forEach(key -> sentences.put(key, file.getProperty(key)));
    return sentences;
  }

  private static String text(String name) throws IOException {
    try (InputStream in = resource(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(ConfigSchema.class.getResourceAsStream(FOLDER + name), name);
  }
}

package io.tocsin.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.settings.Outline.Entry;
import io.tocsin.settings.Outline.Kind;
import java.util.Map;
import java.util.Optional;

/**
 * An outline as JSON Schema, for editors. It takes whatever the readers take, save that choices are
 * in lower case; what one value demands of another it does not know.
 *
 * @see <a href="https://json-schema.org/draft/2020-12/schema">JSON Schema 2020-12</a>
 */
public final class SchemaDocument {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final String HOLE = "\\$\\{(env|file):[^}]*\\}";
  private static final String SPAN =
      "(?=.*\\d)(\\d+y)?(\\d+w)?(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?|0";

  private final Map<String, String> sentences;
  private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();

  private SchemaDocument(Map<String, String> sentences) {
    this.sentences = sentences;
  }

  /**
   * The whole schema.
   *
   * @param top the outline of a whole file
   * @param sentences what a key is for, by its path ({@code checks.name}), or by {@code *.name} for
   *     a key that means the same wherever it stands
   */
  public static ObjectNode of(Outline top, Map<String, String> sentences) {
    var document = new SchemaDocument(sentences);
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", DIALECT);
    schema.put("title", "tocsin.yaml");
    document.mapping(schema, top);
    schema.set("$defs", document.definitions);
    return schema;
  }

  private void mapping(ObjectNode schema, Outline outline) {
    types(schema, "object", "null");
    ObjectNode properties = schema.putObject("properties");
    outline
        .entries()
        .forEach(
            (key, entry) -> {
              if (key.equals(Outline.ANY_NAME)) {
                schema.set("additionalProperties", value(outline, key, entry));
              } else {
                properties.set(key, value(outline, key, entry));
              }
            });
    if (outline.refusesOthers() && !schema.has("additionalProperties")) {
      schema.put("additionalProperties", false);
    }
  }

  private ObjectNode value(Outline outline, String key, Entry entry) {
    ObjectNode value = JsonNodeFactory.instance.objectNode();
    String path = outline.path().isEmpty() ? key : outline.path() + "." + key;
    Optional.ofNullable(sentences.get(path))
        .or(() -> Optional.ofNullable(sentences.get("*." + key)))
        .ifPresent(sentence -> value.put("description", sentence));
    if (entry.usual.size() == 1) {
      usual(value, entry);
    }
    if (entry.kinds.isEmpty()) {
      return value;
    }
    if (entry.kinds.size() == 1 && !entry.kinds.contains(Kind.CHOICE)) {
      entry.kinds.forEach(kind -> shape(value, kind, outline.child(key), entry));
      return value;
    }
    ArrayNode any = value.putArray("anyOf");
    entry.kinds.forEach(kind -> shape(any.addObject(), kind, outline.child(key), entry));
    if (entry.kinds.contains(Kind.CHOICE)) {
      types(any.addObject(), "string", "null").put("pattern", HOLE);
    }
    return value;
  }

  private static void usual(ObjectNode value, Entry entry) {
    String usual = entry.usual.iterator().next();
    if (entry.kinds.contains(Kind.WHOLE)) {
      value.put("default", Integer.parseInt(usual));
    } else if (entry.kinds.contains(Kind.NUMBER)) {
      value.put("default", Double.parseDouble(usual));
    } else if (entry.kinds.contains(Kind.FLAG)) {
      value.put("default", Boolean.parseBoolean(usual));
    } else {
      value.put("default", usual);
    }
  }

  private void shape(ObjectNode schema, Kind kind, Outline child, Entry entry) {
    switch (kind) {
      case TEXT -> types(schema, "string", "number", "boolean", "null");
      case WHOLE -> types(schema, "integer", "string", "null").put("pattern", or("[+-]?\\d+"));
      case NUMBER ->
          types(schema, "number", "string", "null")
              .put("pattern", or("[+-]?[\\d.]+([eE][+-]?\\d+)?"));
      case FLAG -> types(schema, "boolean", "string", "null").put("pattern", or("true|false"));
      case SPAN ->
          types(schema, "string", "integer", "null").put("pattern", or(SPAN)).put("maximum", 0);
      case CHOICE -> entry.choices.forEach(schema.withArray("/enum")::add);
      case TEXTS -> list(schema, "string", "number", "boolean");
      case WHOLES -> list(schema, "integer", "string");
      case MAPPING -> schema.put("$ref", reference(child));
      case MAPPINGS -> {
        ArrayNode ways = schema.putArray("anyOf");
        ways.addObject().put("$ref", reference(child));
        ways.addObject().put("type", "array").putObject("items").put("$ref", reference(child));
      }
    }
  }

  private static void list(ObjectNode schema, String... scalars) {
    types(schema, scalars);
    schema.withArray("/type").add("array").add("null");
    types(schema.putObject("items"), scalars);
  }

  private static ObjectNode types(ObjectNode schema, String... types) {
    ArrayNode list = schema.putArray("type");
    for (String type : types) {
      list.add(type);
    }
    return schema;
  }

  private static String or(String pattern) {
    return "^(" + pattern + ")$|" + HOLE;
  }

  /** Points to a mapping's own definition, which a mapping inside itself needs. */
  private String reference(Outline child) {
    if (!definitions.has(child.path())) {
      ObjectNode definition = definitions.putObject(child.path());
      mapping(definition, child);
    }
    return "#/$defs/" + child.path().replace("*", "%2A");
  }
}

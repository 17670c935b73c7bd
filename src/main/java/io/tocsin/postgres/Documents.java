package io.tocsin.postgres;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tocsin.alert.Alert;
import io.tocsin.alert.Mute;
import io.tocsin.incident.Change;
import io.tocsin.incident.IncidentId;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.notify.Destination;
import io.tocsin.silence.Recurrence;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * Records to and from the JSON of {@code jsonb} columns. The nouns know nothing of JSON; what is
 * special about them stands here.
 */
final class Documents {
  private static final JsonMapper MAPPER = mapper();

  private Documents() {}

  static String write(Object document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + document.getClass().getSimpleName(), e);
    }
  }

  /**
   * With each alert in it as it is given.
   *
   * @param alerts the JSON of an alert
   */
  static String write(Object document, Function<Alert, String> alerts) {
    try {
      return MAPPER.writer().withAttribute(AlertAsGiven.GIVEN, alerts).writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + document.getClass().getSimpleName(), e);
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored " + type.getSimpleName() + " cannot be read", e);
    }
  }

  /** Rows whose first column is a document. */
  static <T> RowMapper<T> rows(Class<T> type) {
    return (row, context) -> read(row.getString(1), type);
  }

  /** A text column cannot hold U+0000 either. */
  static String text(String text) {
    return text.replace('\0', '\ufffd');
  }

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module(), AlertAsGiven.module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(Labels.class, AsMap.class)
            .addMixIn(IncidentId.class, AsText.class)
            .addMixIn(Destination.class, AsPath.class)
            .addMixIn(Change.class, WithKind.class)
            .addHandler(new OldLinks())
            .addMixIn(Mute.class, WithKind.class)
            .addMixIn(Matcher.class, AsCondition.class)
            .addMixIn(Recurrence.class, AsRule.class)
            .build();
    for (Class<?> change : Change.class.getPermittedSubclasses()) {
      mapper.registerSubtypes(new NamedType(change, change.getSimpleName()));
    }
    for (Class<?> mute : Mute.class.getPermittedSubclasses()) {
      mapper.registerSubtypes(new NamedType(mute, mute.getSimpleName()));
    }
    mapper.getFactory().setCharacterEscapes(new WithoutNul());
    return mapper;
  }

  private abstract static class AsMap {
    @JsonCreator
    static Labels from(Map<String, String> map) {
      return Labels.from(map);
    }

    @JsonValue
    abstract Map<String, String> toMap();
  }

  private abstract static class AsText {
    @JsonCreator
    AsText(String value) {}

    @JsonValue
    abstract String value();
  }

  private abstract static class AsPath {
    @JsonCreator
    static Destination parse(String text) {
      return Destination.parse(text);
    }

    @Override
    @JsonValue
    public abstract String toString();
  }

  @JsonAutoDetect(
      getterVisibility = JsonAutoDetect.Visibility.NONE,
      fieldVisibility = JsonAutoDetect.Visibility.NONE)
  private abstract static class AsCondition {
    @JsonCreator
    static Matcher of(
        @JsonProperty("name") String name,
        @JsonProperty("op") Matcher.Op op,
        @JsonProperty("value") String value) {
      return Matcher.of(name, op, value);
    }

    @JsonProperty
    abstract String name();

    @JsonProperty
    abstract Matcher.Op op();

    @JsonProperty
    abstract String value();
  }

  @JsonAutoDetect(
      getterVisibility = JsonAutoDetect.Visibility.NONE,
      fieldVisibility = JsonAutoDetect.Visibility.NONE)
  private abstract static class AsRule {
    @JsonCreator
    static Recurrence of(@JsonProperty("rule") String rule, @JsonProperty("zone") String zone) {
      return Recurrence.of(rule, zone);
    }

    @JsonProperty
    abstract String rule();

    @JsonProperty
    abstract String zone();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  private interface WithKind {}

  /**
   * Once a link's purpose was called {@code kind} as well, and of two equal keys {@code jsonb}
   * keeps the last: such rows name no change, and without this their whole timeline could not be
   * read.
   */
  private static final class OldLinks extends DeserializationProblemHandler {
    private static final Set<String> PURPOSES = Set.of("attachment", "war_room");

    @Override
    public @Nullable JavaType handleUnknownTypeId(
        DeserializationContext context,
        JavaType base,
        String id,
        TypeIdResolver resolver,
        String failure) {
      return base.hasRawClass(Change.class) && PURPOSES.contains(id)
          ? context.constructType(Change.LinkAdded.class)
          : null;
    }
  }

  /** {@code jsonb} cannot hold U+0000; a label that does must not stop a page. */
  private static final class WithoutNul extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private static final SerializedString REPLACEMENT = new SerializedString("\\ufffd");

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes[0] = ESCAPE_CUSTOM;
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return character == 0 ? REPLACEMENT : null;
    }
  }
}

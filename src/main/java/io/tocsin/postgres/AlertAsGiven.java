package io.tocsin.postgres;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import io.tocsin.alert.Alert;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes an alert as JSON that was made before, where the writer was given it; else as a record.
 */
final class AlertAsGiven extends JsonSerializer<Alert> implements ResolvableSerializer {

  /** The attribute under which a writer finds the JSON of an alert. */
  static final Object GIVEN = new Object();

  private final JsonSerializer<Object> asRecord;

  private AlertAsGiven(JsonSerializer<Object> asRecord) {
    this.asRecord = asRecord;
  }

  static Module module() {
    return new SimpleModule()
        .setSerializerModifier(
            new BeanSerializerModifier() {
              private static final long serialVersionUID = 1;

              @Override
              @SuppressWarnings("unchecked")
              public JsonSerializer<?> modifySerializer(
                  SerializationConfig config, BeanDescription type, JsonSerializer<?> asRecord) {
                return type.getBeanClass() == Alert.class
                    ? new AlertAsGiven((JsonSerializer<Object>) asRecord)
                    : asRecord;
              }
            });
  }

  @Override
  @SuppressWarnings("unchecked")
  public void serialize(Alert alert, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    @Nullable Object given = provider.getAttribute(GIVEN);
    if (given == null) {
      asRecord.serialize(alert, out, provider);
    } else {
      out.writeRawValue(((Function<Alert, String>) given).apply(alert));
    }
  }

  @Override
  public void resolve(SerializerProvider provider) throws JsonMappingException {
    if (asRecord instanceof ResolvableSerializer resolvable) {
      resolvable.resolve(provider);
    }
  }
}

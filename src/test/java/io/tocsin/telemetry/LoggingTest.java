package io.tocsin.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LoggingTest {

  private static final String TOKEN = "tcs_01234567_" + "ab".repeat(32);

  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void close() {
    context.stop();
  }

  @Test
  void aLineForPeopleNamesTheInstantInUtcAndMasksTokens() throws Exception {
    assertThat(line("human"))
        .startsWith("1970-01-01T00:00:00.000Z INFO ")
        .endsWith("probe - got tcs_01234567_***" + System.lineSeparator());
  }

  @Test
  void aLineForMachinesIsJsonAndMasksTokens() throws Exception {
    var json = new ObjectMapper().readTree(line("json"));
    assertThat(json.get("level").asText()).isEqualTo("INFO");
    assertThat(json.get("message").asText()).isEqualTo("got tcs_01234567_***");
  }

  private String line(String form) throws Exception {
    context.putProperty("TOCSIN_LOG", form);
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LoggingTest.class.getResource("/logback.xml"));
    var event = new LoggingEvent();
    event.setLoggerContext(context);
    event.setLoggerName("probe");
    event.setThreadName("main");
    event.setLevel(Level.INFO);
    event.setTimeStamp(0);
    event.setMDCPropertyMap(Map.of());
    event.setMessage("got " + TOKEN);
    var appender =
        (OutputStreamAppender<ILoggingEvent>)
            context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");
    return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
  }
}

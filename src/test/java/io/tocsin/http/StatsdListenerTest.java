package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.Eventually;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.Statsd;
import io.tocsin.telemetry.Telemetry;
import io.vertx.core.Vertx;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StatsdListenerTest {

  @Test
  void datagramsAreTaken() throws Exception {
    var statsd = new Statsd(10, IngestLimits.DEFAULT);
    Vertx vertx = Vertx.vertx();
    try (var telemetry = new Telemetry();
        var listener =
            StatsdListener.open(
                vertx, new ListenAddress("127.0.0.1", 0), statsd, telemetry, () -> OpsFixture.NOW);
        var socket = new DatagramSocket()) {
      byte[] bytes = "hits:3|c\nwrong".getBytes(StandardCharsets.UTF_8);
      socket.send(
          new DatagramPacket(
              bytes, bytes.length, InetAddress.getLoopbackAddress(), listener.address().port()));
      Eventually.eventually(
          Duration.ofSeconds(10),
          () -> {
            assertThat(statsd.size()).isEqualTo(1);
            assertThat(telemetry.scrape())
                .contains("tocsin_samples_rejected_total{reason=\"malformed\"} 1.0");
          });
      assertThat(statsd.read(1).value(0)).isEqualTo(3);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }
}

package io.tocsin.http;

import io.tocsin.ingest.Statsd;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Takes StatsD's datagrams. They carry no credentials, so anybody who reaches the address may
 * write; that is why it is a loopback one unless the configuration says otherwise. What comes
 * faster than it is read waits in the socket's own buffer and is lost beyond it, as StatsD's
 * senders expect.
 */
public final class StatsdListener implements AutoCloseable {

  private static final int RECEIVE_BUFFER = 1 << 20;
  private static final long OPEN_WITHIN_SECONDS = 10;

  private final DatagramSocket socket;

  private StatsdListener(DatagramSocket socket) {
    this.socket = socket;
  }

  /** Listens; datagrams are taken on an event loop of their own. */
  public static StatsdListener open(
      Vertx vertx, ListenAddress address, Statsd statsd, Telemetry telemetry, InstantSource clock)
      throws Exception {
    var socket =
        vertx.createDatagramSocket(
            new DatagramSocketOptions().setReceiveBufferSize(RECEIVE_BUFFER));
    socket.handler(
        packet -> {
          int refused = statsd.receive(packet.data().getBytes(), clock.millis());
          if (refused > 0) {
            telemetry.add(Meter.SAMPLES_REJECTED, refused, "malformed");
          }
        });
    socket
        .listen(address.port(), address.host())
        .toCompletionStage()
        .toCompletableFuture()
        .get(OPEN_WITHIN_SECONDS, TimeUnit.SECONDS);
    return new StatsdListener(socket);
  }

  /** Where it listens, with the port it really got. */
  public ListenAddress address() {
    return new ListenAddress(socket.localAddress().host(), socket.localAddress().port());
  }

  @Override
  public void close() throws Exception {
    socket
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .get(OPEN_WITHIN_SECONDS, TimeUnit.SECONDS);
  }
}

package io.tocsin.bench;

import com.google.protobuf.CodedOutputStream;
import com.sun.net.httpserver.HttpServer;
import io.tocsin.label.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.xerial.snappy.Snappy;

/**
 * Remote write of a fleet's series ({@link Universe}), one sample each in a pass. Requests are
 * encoded once; value and timestamp are patched in place, so that sending costs little. A request
 * counts when it is answered with 2xx; anything else is sent again after a moment.
 */
final class RemoteWriteLoad implements AutoCloseable {
  private static final int MILLIS_BYTES = 6; // of a varint, from 2004 until 2109
  private static final int CONNECTIONS = 2;
  private static final int TRIES = 600;
  private static final int REHEARSALS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI target;
  private final List<Request> requests = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
  private final AtomicInteger repeated = new AtomicInteger();

  /** An encoded request, and where in it the values lie; each sample's timestamp follows. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Request(int firstSeries, byte[] bytes, int[] values) {

    byte[] at(long millis) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < values.length; i++) {
        buffer.putDouble(values[i], Universe.value(firstSeries + i, millis / 1_000));
        long rest = millis;
        for (int b = 0; b < MILLIS_BYTES; b++) {
          boolean last = b == MILLIS_BYTES - 1;
          buffer.put(values[i] + 9 + b, (byte) ((rest & 0x7f) | (last ? 0 : 0x80)));
          rest >>>= 7;
        }
      }
      return Snappy.compress(bytes);
    }
  }

  /**
   * @param target where remote write is taken
   * @param series how many
   * @param batch samples in a request
   */
  RemoteWriteLoad(URI target, int series, int batch) throws IOException {
    this(target, 0, series, batch);
  }

  /**
   * @param first the number of the first series: loads of other numbers are other series
   */
  RemoteWriteLoad(URI target, int first, int series, int batch) throws IOException {
    this.target = target;
    int jobs = Math.max(1, series / 1_000);
    for (int from = first; from < first + series; from += batch) {
      requests.add(request(from, Math.min(first + series, from + batch), jobs));
    }
  }

  /**
   * Sends everything to a receiver that drops it, a few times: the sender's own start is not the
   * receiver's.
   */
  void rehearse() throws Exception {
    var dropping = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    dropping.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    dropping.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    dropping.start();
    try {
      URI there = URI.create("http://127.0.0.1:" + dropping.getAddress().getPort() + "/");
      for (int i = 0; i < REHEARSALS; i++) {
        pass(there, i);
      }
    } finally {
      dropping.stop(0);
    }
  }

  private static Request request(int from, int to, int jobs) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var values = new int[to - from];
    for (int i = from; i < to; i++) {
      byte[] labels = labels(Universe.labels(i, jobs));
      // field 1 of the request: labels, then field 2 with the value (1) and the timestamp (2)
      int sample = 1 + 8 + 1 + MILLIS_BYTES;
      var head = new ByteArrayOutputStream();
      var out = CodedOutputStream.newInstance(head);
      out.writeTag(1, 2);
      out.writeUInt32NoTag(labels.length + 2 + sample);
      out.writeRawBytes(labels);
      out.writeTag(2, 2);
      out.writeUInt32NoTag(sample);
      out.writeTag(1, 1);
      out.flush();
      bytes.write(head.toByteArray());
      values[i - from] = bytes.size();
      bytes.write(new byte[8]);
      bytes.write(2 << 3);
      bytes.write(new byte[MILLIS_BYTES]);
    }
    return new Request(from, bytes.toByteArray(), values);
  }

  private static byte[] labels(Labels labels) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    for (int i = 0; i < labels.size(); i++) {
      int name = CodedOutputStream.computeStringSize(1, labels.name(i));
      int value = CodedOutputStream.computeStringSize(2, labels.value(i));
      out.writeTag(1, 2);
      out.writeUInt32NoTag(name + value);
      out.writeString(1, labels.name(i));
      out.writeString(2, labels.value(i));
    }
    out.flush();
    return bytes.toByteArray();
  }

  /** Sends every series once, all with this timestamp; returns when all are acknowledged. */
  void pass(long millis) throws Exception {
    pass(target, millis);
  }

  private void pass(URI there, long millis) throws Exception {
    var next = new AtomicInteger();
    var running = new ArrayList<Future<?>>();
    for (int i = 0; i < CONNECTIONS; i++) {
      running.add(
          senders.submit(
              () -> {
                for (int at = next.getAndIncrement();
                    at < requests.size();
                    at = next.getAndIncrement()) {
                  send(there, requests.get(at).at(millis));
                }
                return null;
              }));
    }
    for (Future<?> one : running) {
      one.get();
    }
  }

  /** Sends the next request of an endless round; returns when it is acknowledged. */
  void one(long number, long millis) throws Exception {
    send(target, requests.get((int) (number % requests.size())).at(millis));
  }

  /** How many answers were no acknowledgement. */
  int repeated() {
    return repeated.get();
  }

  private void send(URI there, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(there)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    for (int i = 0; i < TRIES; i++) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 == 2) {
        return;
      }
      if (answer.statusCode() != 429 && answer.statusCode() / 100 != 5) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
      repeated.incrementAndGet();
      Thread.sleep(100);
    }
    throw new IllegalStateException("not taken after " + TRIES + " tries");
  }

  @Override
  public void close() {
    senders.shutdownNow();
    http.close();
  }
}

package io.tocsin;

import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service over two midnights in Berlin, and the mails of a model's reports. */
class ReportMailDayTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

  private Instant now() {
    return Instant.now().plus(shift.get());
  }

  private void moveTo(String time) {
    shift.set(Duration.between(Instant.now(), Instant.parse(time)));
  }

  private Server start(int smtp) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("tocsin.yaml"),
            """
            listen: { ops: 127.0.0.1:0, public: 127.0.0.1:0 }
            auth: open
            outbound: { allow: [127.0.0.1] }
            smtp: { host: 127.0.0.1, port: %d, tls: none, from: models@acme.example }
            receivers: [{ name: nobody }]
            route: { receiver: nobody }
            models:
              - name: ranker
                report: { zone: Europe/Berlin, email: [ana@acme.example, ml@acme.example] }
            """
                .formatted(smtp));
    return Server.start(
        Configuration.read(file, Map.of()), folder.resolve("data"), this::now, ServerExtras.NONE);
  }

  private void predict(Server server, int count) throws Exception {
    String rows =
        IntStream.range(0, count)
            .mapToObj(i -> "{\"time\":\"%s\",\"features\":{\"x\":%d}}".formatted(now(), i))
            .collect(Collectors.joining(",", "[", "]"));
    var answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(server.console().url()).resolve("/api/v1/models/ranker/predictions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(rows))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
  }

  /** Whom each mail went to and what it is about. */
  private static List<String> mails(GreenMail mail) {
    return Arrays.stream(mail.getReceivedMessages())
        .map(it -> header(it, "To") + " " + header(it, "Subject").split(":")[0])
        .sorted()
        .toList();
  }

  private static String header(MimeMessage message, String name) {
    try {
      return String.join(" ", message.getHeader(name));
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> ofDay(String day) {
    return List.of(
        "ana@acme.example Model ranker on " + day, "ml@acme.example Model ranker on " + day);
  }

  /** A mail server that is busy; answers how often it was asked. */
  private static Thread busy(ServerSocket socket, AtomicInteger asked) {
    return Thread.ofVirtual()
        .start(
            () -> {
              while (!socket.isClosed()) {
                try (var connection = socket.accept()) {
                  connection
                      .getOutputStream()
                      .write("421 busy, try later\r\n".getBytes(StandardCharsets.US_ASCII));
                  asked.incrementAndGet();
                } catch (java.io.IOException closed) {
                  // The test ends it.
                }
              }
            });
  }

  @Test
  void yesterdaysReportIsMailedAfterMidnightOnceAlsoAfterAFailureAndARestart() throws Exception {
    var asked = new AtomicInteger();
    moveTo("2026-11-20T22:50:00Z");
    try (var refusing = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      int port = refusing.getLocalPort();
      Thread answering = busy(refusing, asked);
      Server server = start(port);
      try {
        predict(server, 250);
        moveTo("2026-11-20T23:05:01Z");
        eventually(PATIENCE, () -> assertThat(asked.get()).isGreaterThanOrEqualTo(2));
        refusing.close();
        answering.join();
        lettersArriveOnce(server, port);
      } finally {
        server.close();
      }
    }
  }

  private void lettersArriveOnce(Server first, int port) throws Exception {
    var mail = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
    mail.start();
    try {
      moveTo("2026-11-20T23:06:10Z");
      eventually(PATIENCE, () -> assertThat(mails(mail)).isEqualTo(ofDay("2026-11-20")));
      var text =
          ((MimeMultipart) mail.getReceivedMessages()[0].getContent())
              .getBodyPart(0)
              .getContent()
              .toString();
      assertThat(text).contains("Friday, 20 November 2026", "All rows of the day");
      first.close();

      Server again = start(port);
      try {
        // A letter that was sent would be sent again before that of the next day.
        moveTo("2026-11-21T23:05:01Z");
        eventually(PATIENCE, () -> assertThat(mails(mail)).hasSize(4));
        assertThat(mails(mail)).containsAll(ofDay("2026-11-20")).containsAll(ofDay("2026-11-21"));
      } finally {
        again.close();
      }
    } finally {
      mail.stop();
    }
  }
}

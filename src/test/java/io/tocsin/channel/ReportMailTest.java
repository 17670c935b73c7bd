package io.tocsin.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.tocsin.model.ModelStore;
import io.tocsin.model.Models;
import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ReportWriter;
import io.tocsin.notify.SendResult;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReportMailTest {

  private static final Instant NOW = Instant.parse("2026-11-21T00:05:00Z");

  @Test
  void aReportArrivesAsTextAndHtmlAndTheSameOneHasTheSameName() throws Exception {
    var smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    smtp.start();
    Vertx vertx = Vertx.vertx();
    try {
      var server =
          new SmtpServer(
              "127.0.0.1",
              smtp.getSmtp().getPort(),
              SmtpServer.Tls.NONE,
              Optional.empty(),
              Optional.empty(),
              "Tocsin <tocsin@example.com>");
      var outside =
          new Outside(vertx, URI.create("http://console.test"), () -> NOW, Optional.of(server));
      var mail = new ReportMail(outside, server);
      ModelReport report = report("rank er <b>");

      for (int i = 0; i < 2; i++) {
        assertThat(
                mail.send(report, "ml@example.com").toCompletableFuture().get(20, TimeUnit.SECONDS))
            .isInstanceOf(SendResult.Delivered.class);
      }

      var received = smtp.getReceivedMessages();
      assertThat(received).hasSize(2);
      assertThat(received[0].getSubject()).startsWith("Model rank er <b> on 2026-11-20: ");
      assertThat(GreenMailUtil.getBody(received[0]))
          .contains("text/plain", "text/html", "/models/rank%20er%20%3Cb%3E/reports/2026-11-20")
          .doesNotContain("<script");
      assertThat(received[0].getHeader("Message-ID"))
          .isEqualTo(received[1].getHeader("Message-ID"));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      smtp.stop();
    }
  }

  private static ModelReport report(String model) {
    return ReportWriter.write(
        new Models(ModelStore.inMemory()).watch(model),
        LocalDate.parse("2026-11-20"),
        ZoneOffset.UTC,
        NOW,
        List.of(),
        List.of());
  }
}

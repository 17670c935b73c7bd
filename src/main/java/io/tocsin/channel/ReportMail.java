package io.tocsin.channel;

import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ReportHtml;
import io.tocsin.model.report.ReportMarkdown;
import io.tocsin.notify.SendResult;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A model's daily report by e-mail, as text and HTML. A report that is sent again has the same
 * {@code Message-ID}, so that a mail program shows it once.
 */
public final class ReportMail {

  private static final Duration SEND_WITHIN = Duration.ofSeconds(40);

  private final Context context;
  private final MailClient client;
  private final SmtpServer server;
  private final URI console;

  public ReportMail(Outside outside, SmtpServer server) {
    this.context = outside.vertx().getOrCreateContext();
    this.client = EmailChannel.client(server, outside);
    this.server = server;
    this.console = outside.console();
  }

  /** Sends it to one address. */
  public CompletionStage<SendResult> send(ModelReport report, String to) {
    return Loop.call(context, SEND_WITHIN, () -> client.sendMail(mail(report, to)))
        .map(sent -> (SendResult) new SendResult.Delivered("accepted"))
        .otherwise(EmailChannel::judge)
        .toCompletionStage();
  }

  private MailMessage mail(ModelReport report, String to) {
    URI page =
        console.resolve(
            "/models/"
                + URLEncoder.encode(report.model(), StandardCharsets.UTF_8).replace("+", "%20")
                + "/reports/"
                + report.day());
    String key = report.model() + "/" + report.day() + "/" + to;
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.add("Message-ID", server.messageId(key));
    headers.add("Auto-Submitted", "auto-generated");
    return new MailMessage()
        .setFrom(server.from())
        .setTo(to)
        .setSubject(Cut.text(subject(report), 250).replaceAll("[\\p{Cntrl}]+", " "))
        .setText(ReportMarkdown.of(report) + "\n\n" + page + "\n")
        .setHtml(ReportHtml.of(report, Optional.of(page)))
        .setHeaders(headers);
  }

  private static String subject(ModelReport report) {
    String verdict =
        report.retraining().verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "Model %s on %s: %s".formatted(report.model(), report.day(), verdict);
  }
}

package io.tocsin.channel;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.settings.Section;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * E-mail over SMTP with a text and an HTML part. The Message-ID follows from the idempotency key,
 * so that a repeated delivery is one mail to the reader; all mails of an incident are one thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5322">RFC 5322</a>
 */
final class EmailChannel implements Channel {

  private static final int MAX_ALERTS = 20;

  private static final Duration SEND_WITHIN = Duration.ofSeconds(40);

  private final Context context;
  private final MailClient client;
  private final SmtpServer server;
  private final List<String> to;
  private final Outside outside;

  private EmailChannel(MailClient client, SmtpServer server, List<String> to, Outside outside) {
    this.context = outside.vertx().getOrCreateContext();
    this.client = client;
    this.server = server;
    this.to = to;
    this.outside = outside;
  }

  /** Reads {@code email: {to}}; needs the section {@code smtp:}. */
  static Channel read(Section section, Outside outside) {
    List<String> to = section.strings("to");
    if (to.isEmpty() || to.stream().anyMatch(address -> !address.contains("@"))) {
      throw section.problem("to", "at least one address such as ops@example.com");
    }
    SmtpServer server =
        outside
            .smtp()
            .orElseThrow(
                () ->
                    section.problem("to", "no mail server", "a section smtp: with host and from"));
    section.done();
    return new EmailChannel(client(server, outside), server, to, outside);
  }

  private static MailClient client(SmtpServer server, Outside outside) {
    MailConfig config =
        new MailConfig(server.host(), server.port())
            .setSsl(server.tls() == SmtpServer.Tls.TLS)
            .setStarttls(
                server.tls() == SmtpServer.Tls.STARTTLS
                    ? StartTLSOptions.REQUIRED
                    : StartTLSOptions.DISABLED)
            .setLogin(server.username().isPresent() ? LoginOption.REQUIRED : LoginOption.DISABLED)
            .setConnectTimeout(10_000)
            .setIdleTimeout(30)
            .setKeepAliveTimeout(30)
            .setKeepAliveTimeoutUnit(TimeUnit.SECONDS)
            .setMaxPoolSize(4);
    server.username().ifPresent(config::setUsername);
    server.password().ifPresent(config::setPassword);
    return MailClient.create(outside.vertx(), config);
  }

  @Override
  public CompletionStage<SendResult> send(Message message) {
    return Loop.call(context, SEND_WITHIN, () -> client.sendMail(mail(message)))
        .map(sent -> (SendResult) new SendResult.Delivered("accepted " + sent.getMessageID()))
        .otherwise(EmailChannel::judge)
        .toCompletionStage();
  }

  private MailMessage mail(Message message) {
    Incident incident = message.incident();
    String domain = server.from().substring(server.from().indexOf('@') + 1).replace(">", "");
    String thread = "<" + incident.id() + "@" + domain + ">";
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.add("Message-ID", "<" + hex(message.idempotencyKey()) + "@" + domain + ">");
    headers.add("In-Reply-To", thread);
    headers.add("References", thread);
    headers.add("Auto-Submitted", "auto-generated");
    headers.add("X-Tocsin-Incident", incident.id().value());
    return new MailMessage()
        .setFrom(server.from())
        .setTo(to)
        .setSubject(
            Notification.cut(Notification.subject(message), 250).replaceAll("[\\r\\n]+", " "))
        .setText(text(message))
        .setHtml(html(message))
        .setHeaders(headers);
  }

  private String text(Message message) {
    Incident incident = message.incident();
    return message.text()
        + "\n\n"
        + facts(incident)
        + "\n"
        + lines(incident).map(line -> "- " + line).collect(Collectors.joining("\n"))
        + "\n\nOpen: "
        + outside.link(incident.id().value())
        + "\n\nWhy you got this: "
        + message.reason()
        + "\n";
  }

  private String html(Message message) {
    Incident incident = message.incident();
    String items =
        lines(incident).map(line -> "<li>" + escape(line) + "</li>").collect(Collectors.joining());
    return "<!doctype html><html><head><meta name=\"color-scheme\" content=\"light dark\"></head>"
        + "<body style=\"font:16px/1.5 system-ui,sans-serif;max-width:40em\"><p><strong>"
        + escape(Notification.subject(message))
        + "</strong></p><p>"
        + escape(message.text())
        + "</p><p>"
        + escape(facts(incident)).replace("\n", "<br>")
        + "</p><ul>"
        + items
        + "</ul><p><a style=\"display:inline-block;padding:10px 16px;border-radius:8px;"
        + "background:#1f5fbf;color:#ffffff;text-decoration:none\" href=\""
        + escape(outside.link(incident.id().value()))
        + "\">Open the incident</a></p><p><small>Why you got this: "
        + escape(message.reason())
        + "</small></p></body></html>";
  }

  private static String facts(Incident incident) {
    return "Severity: "
        + incident.severity()
        + "\nComponents: "
        + (incident.components().isEmpty() ? "none" : String.join(", ", incident.components()))
        + "\nSince: "
        + incident.openedAt()
        + incident.acknowledgedBy().map(by -> "\nAcknowledged by: " + by).orElse("");
  }

  private static Stream<String> lines(Incident incident) {
    return incident.alerts().stream()
        .filter(alert -> !incident.open() || alert.phase() != Alert.Phase.RESOLVED)
        .limit(MAX_ALERTS)
        .map(Alert::summary);
  }

  /** 5xx answers to this mail are final (RFC 5321 §4.2.1); everything else may pass. */
  private static SendResult judge(Throwable failure) {
    String reason = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
    return reason.matches("(?i).*\\b(recipient|sender) address not accepted: 5\\d\\d.*")
        ? new SendResult.Refused(reason)
        : new SendResult.Retry(reason, Optional.empty());
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

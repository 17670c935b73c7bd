package io.tocsin.channel;

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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

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
  private final Wording words;
  private final Outside outside;

  private EmailChannel(
      MailClient client, SmtpServer server, List<String> to, Wording words, Outside outside) {
    this.context = outside.vertx().getOrCreateContext();
    this.client = client;
    this.server = server;
    this.to = to;
    this.words = words;
    this.outside = outside;
  }

  /** Reads {@code email: {to, title, text}}; needs the section {@code smtp:}. */
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
    Wording words = Wording.read(section, outside);
    section.done();
    return new EmailChannel(client(server, outside), server, to, words, outside);
  }

  static MailClient client(SmtpServer server, Outside outside) {
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
    String thread = "<" + incident.id() + "@" + server.domain() + ">";
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.add("Message-ID", server.messageId(message.idempotencyKey()));
    headers.add("In-Reply-To", thread);
    headers.add("References", thread);
    headers.add("Auto-Submitted", "auto-generated");
    headers.add("X-Tocsin-Incident", incident.id().value());
    return new MailMessage()
        .setFrom(server.from())
        .setTo(to)
        .setSubject(Cut.text(words.title(message), 250).replaceAll("[\\r\\n]+", " "))
        .setText(text(message))
        .setHtml(html(message))
        .setHeaders(headers);
  }

  @Override
  public String preview(Message message) {
    return words.title(message) + "\n\n" + text(message);
  }

  private String text(Message message) {
    var text = new StringBuilder(words.text(message)).append("\n\n");
    Notification.facts(message)
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    Notification.lines(message.incident(), MAX_ALERTS)
        .forEach(line -> text.append("\n- ").append(line));
    outside.acknowledge(message).ifPresent(link -> text.append("\n\nAcknowledge: ").append(link));
    return text.append("\n\nOpen: ").append(outside.link(message)).append('\n').toString();
  }

  private String html(Message message) {
    return MailPage.write(
        new MailPage.Content(
            words.title(message),
            words.text(message),
            Notification.hexColor(message.incident()),
            Notification.facts(message),
            Notification.lines(message.incident(), MAX_ALERTS),
            outside.acknowledge(message),
            outside.link(message)));
  }

  /** 5xx answers to this mail are final (RFC 5321 §4.2.1); everything else may pass. */
  static SendResult judge(Throwable failure) {
    String reason = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
    return reason.matches("(?i).*\\b(recipient|sender) address not accepted: 5\\d\\d.*")
        ? new SendResult.Refused(reason)
        : new SendResult.Retry(reason, Optional.empty());
  }
}

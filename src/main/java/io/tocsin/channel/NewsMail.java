package io.tocsin.channel;

import io.tocsin.notify.SendResult;
import io.tocsin.statuspage.News;
import io.tocsin.statuspage.PublicWords;
import io.tocsin.statuspage.Subscriber;
import io.tocsin.statuspage.SubscriptionLinks;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * News by e-mail: one mail to each subscriber, in its language, with the header fields by which a
 * mail program unsubscribes at one click.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8058">RFC 8058, one-click unsubscribe</a>
 */
final class NewsMail {

  private static final Duration SEND_WITHIN = Duration.ofSeconds(40);

  private final Context context;
  private final MailClient client;
  private final SmtpServer server;
  private final SubscriptionLinks links;
  private final Supplier<String> page;

  NewsMail(Outside outside, SmtpServer server, SubscriptionLinks links, Supplier<String> page) {
    this.context = outside.vertx().getOrCreateContext();
    this.client = EmailChannel.client(server, outside);
    this.server = server;
    this.links = links;
    this.page = page;
  }

  CompletionStage<SendResult> send(Subscriber to, News news) {
    return Loop.call(context, SEND_WITHIN, () -> client.sendMail(mail(to, news)))
        .map(sent -> (SendResult) new SendResult.Delivered("accepted"))
        .otherwise(EmailChannel::judge)
        .toCompletionStage();
  }

  private MailMessage mail(Subscriber to, News news) {
    PublicWords words = PublicWords.in(to.language());
    News.Words said =
        news.kind().personal() ? personal(to, news, words) : links.absolute(news.in(to.language()));
    String manage = links.link(SubscriptionLinks.Act.MANAGE, to.id());
    String leave = links.link(SubscriptionLinks.Act.UNSUBSCRIBE, to.id());
    boolean confirmed = news.kind() != News.Kind.CONFIRM;
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    String key = news.id() + "/" + to.id();
    headers.add("Message-ID", server.messageId(key));
    if (!news.kind().personal()) {
      String thread = "<status-" + news.lane() + "-" + to.id() + "@" + server.domain() + ">";
      headers.add("In-Reply-To", thread);
      headers.add("References", thread);
    }
    headers.add("Auto-Submitted", "auto-generated");
    if (confirmed) {
      headers.add("List-Unsubscribe", "<" + leave + ">");
      headers.add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    String foot =
        confirmed
            ? "\n\n--\n"
                + words.say("mail.manage")
                + ": "
                + manage
                + "\n"
                + words.say("mail.unsubscribe")
                + ": "
                + leave
                + "\n"
            : "\n";
    var html = new StringBuilder(NewsPage.write(said, words, button(news, words)));
    if (confirmed) {
      html.insert(html.indexOf("</div></body>"), NewsPage.foot(words, manage, leave));
    }
    return new MailMessage()
        .setFrom(server.from())
        .setTo(to.email())
        .setSubject(Cut.text(said.subject(), 250).replaceAll("[\\p{Cntrl}]+", " "))
        .setText(said.text() + "\n\n" + said.link() + foot)
        .setHtml(html.toString())
        .setHeaders(headers);
  }

  private static String button(News news, PublicWords words) {
    return words.say(
        switch (news.kind()) {
          case CONFIRM -> "mail.confirm.button";
          case KNOWN, DISABLED -> "mail.manage";
          case INCIDENT, MAINTENANCE, COMPONENT -> "mail.open";
        });
  }

  private News.Words personal(Subscriber to, News news, PublicWords words) {
    String what = news.kind().name().toLowerCase(java.util.Locale.ROOT);
    String link =
        news.kind() == News.Kind.CONFIRM
            ? links.confirm(to.id(), to.createdAt().plus(NewsDispatch.CONFIRM_WITHIN))
            : links.link(SubscriptionLinks.Act.MANAGE, to.id());
    String title = words.say("mail." + what + ".subject", page.get());
    String about = to.kind() == Subscriber.Kind.EMAIL ? to.target() : to.masked();
    return new News.Words(
        title, title, words.say("mail." + what + ".text", page.get(), about), link);
  }
}

package io.tocsin.postgres;

import io.tocsin.statuspage.News;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Writes news and whom it goes to, inside a transaction that is already open. */
final class NewsPlan {

  private NewsPlan() {}

  /** Keeps the news; false when this id was told before. */
  static boolean keep(Handle handle, News news) {
    return handle
            .createUpdate(
                "INSERT INTO subscriber_news (id, at, document)"
                    + " VALUES (:id, :at, cast(:document AS jsonb)) ON CONFLICT (id) DO NOTHING")
            .bind("id", news.id())
            .bind("at", news.at())
            .bind("document", Documents.write(news))
            .execute()
        == 1;
  }

  /** Plans a delivery to each active subscriber it concerns; nothing when it was told before. */
  static void tell(Handle handle, News news, Instant now) {
    if (!keep(handle, news)) {
      return;
    }
    handle
        .createUpdate(
            """
            INSERT INTO subscriber_delivery
              (subscriber, news, lane, by_mail, planned_at, next_attempt_at)
            SELECT id, :news, :lane, kind = 'EMAIL', :now, :now FROM subscriber
            WHERE confirmed_at <= :at AND disabled_at IS NULL
              AND (kind = 'WEBHOOK' OR NOT :webhooks)
              AND (components = '{}' OR :all OR components && cast(:hit AS text[]))
            ORDER BY confirmed_at, id
            """)
        .bind("news", news.id())
        .bind("lane", news.lane())
        .bind("now", now)
        .bind("at", news.at())
        .bind("webhooks", news.kind() == News.Kind.COMPONENT)
        .bind("all", news.components().isEmpty())
        .bind("hit", news.components().toArray(String[]::new))
        .execute();
  }
}

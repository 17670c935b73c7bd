package io.tocsin;

import io.tocsin.channel.Outside;
import io.tocsin.channel.ReportMail;
import io.tocsin.engine.DoublingPause;
import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ReportLetters;
import io.tocsin.model.report.ReportLetters.Letter;
import io.tocsin.model.report.ReportStore;
import io.tocsin.notify.SendResult;
import io.tocsin.postgres.PostgresModelReports;
import io.tocsin.postgres.PostgresReportLetters;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails reports that are planned: at least once, always with the same content, given up after a
 * day. Blocks; for one thread.
 *
 * @param post sends a report to an address
 */
record ReportRounds(
    ReportLetters letters,
    ReportStore reports,
    BiFunction<ModelReport, String, CompletionStage<SendResult>> post) {

  private static final Logger log = LoggerFactory.getLogger(ReportRounds.class);
  private static final Duration PAUSE = Duration.ofSeconds(3);
  private static final DoublingPause RETRY =
      new DoublingPause(Duration.ofMinutes(1), Duration.ofHours(1));
  private static final Duration GIVEN_UP = Duration.ofDays(1);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(50);
  private static final int AT_ONCE = 50;

  /** Goes round from now on, where a mail server is configured. */
  static void begin(Chores chores, Server.Parts parts, Vertx vertx) {
    Configuration configuration = parts.configuration();
    configuration
        .smtp()
        .ifPresent(
            server -> {
              var outside =
                  new Outside(vertx, configuration.console(), parts.clock(), configuration.smtp());
              var database = parts.foundation().database();
              var rounds =
                  new ReportRounds(
                      new PostgresReportLetters(database),
                      new PostgresModelReports(database),
                      new ReportMail(outside, server)::send);
              chores.every(PAUSE, "mails of reports", () -> rounds.round(parts.clock().instant()));
            });
  }

  /** Sends what is due. */
  void round(Instant now) {
    for (Letter letter : letters.due(now, AT_ONCE)) {
      Optional<ModelReport> report = reports.find(letter.model(), letter.day());
      SendResult result =
          report
              .map(found -> sent(found, letter.address()))
              .orElseGet(() -> new SendResult.Retry("not made yet", Optional.empty()));
      settle(letter, result, now);
    }
  }

  private SendResult sent(ModelReport report, String address) {
    try {
      return post.apply(report, address)
          .toCompletableFuture()
          .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new SendResult.Retry("stopped", Optional.empty());
    } catch (Exception failed) {
      return new SendResult.Retry(String.valueOf(failed.getMessage()), Optional.empty());
    }
  }

  private void settle(Letter letter, SendResult result, Instant now) {
    boolean late = !now.isBefore(letter.plannedAt().plus(GIVEN_UP));
    switch (result) {
      case SendResult.Delivered delivered -> letters.done(letter, now, "sent");
      case SendResult.Refused refused -> giveUp(letter, now, refused.reason());
      case SendResult.Retry retry when late -> giveUp(letter, now, retry.reason());
      case SendResult.Retry retry ->
          letters.later(letter, now.plus(RETRY.after(letter.tries())), retry.reason());
    }
  }

  private void giveUp(Letter letter, Instant now, String reason) {
    letters.done(letter, now, "given up: " + reason);
    log.warn(
        "the report of model {} on {} could not be mailed to {}: {}",
        letter.model(),
        letter.day(),
        letter.address(),
        reason);
  }
}

package io.tocsin.http;

import io.tocsin.notify.Outbox;
import io.tocsin.promql.ParseProblem;
import io.tocsin.promql.QueryProblem;
import io.tocsin.series.Journal.JournalFull;
import io.tocsin.series.Journal.JournalUnavailable;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every failure into an answer of the path's {@link ErrorShape}. What nobody foresaw is
 * logged with an id, and the client gets the id alone.
 */
final class Failures implements Handler<RoutingContext> {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /** In the words of Netty's decoder of forms, which has no type of its own for it. */
  private static final String TOO_LONG_FIELD = "Size exceed allowed maximum capacity";

  private static final int[] UNMATCHED = {400, 404, 405, 406, 413, 415, 500};

  private final Router router;

  private Failures(Router router) {
    this.router = router;
  }

  static void mount(Router router) {
    var failures = new Failures(router);
    router.route().failureHandler(failures);
    for (int status : UNMATCHED) {
      router.errorHandler(status, failures);
    }
  }

  @Override
  public void handle(RoutingContext context) {
    ProblemException known = known(context.failure(), context);
    if (known.problem().status() == 405) {
      context.response().putHeader("Allow", AllowedMethods.at(context.normalizedPath(), router));
    }
    Reply reply = reply(context, known.problem());
    for (var header : known.headers().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    reply.send(context);
  }

  private static Reply reply(RoutingContext context, Problem problem) {
    FailurePage page = context.get(FailurePage.KEY);
    if (page != null) {
      try {
        return page.render(new Request(context), problem);
      } catch (RuntimeException e) {
        LOG.error("the page of a failure cannot be rendered", e);
      }
    }
    return ErrorShape.of(context.normalizedPath()).render(problem);
  }

  private static ProblemException known(@Nullable Throwable failure, RoutingContext context) {
    return switch (failure) {
      case ProblemException problem -> problem;
      case CompletionException wrapped when wrapped.getCause() != null ->
          known(wrapped.getCause(), context);
      case JournalFull full ->
          ProblemException.unavailable(String.valueOf(full.getMessage()), Duration.ofSeconds(1));
      case JournalUnavailable away ->
          ProblemException.unavailable(String.valueOf(away.getMessage()), Duration.ofSeconds(5));
      case Outbox.Unavailable away ->
          ProblemException.unavailable(String.valueOf(away.getMessage()), Duration.ofSeconds(5));
      case ParseProblem wrong ->
          ProblemException.badRequest("invalid parameter \"query\": " + wrong.getMessage());
      case QueryProblem query ->
          ProblemException.of(
              query.kind() == QueryProblem.Kind.CANCELLED ? 504 : 422,
              String.valueOf(query.getMessage()));
      case IOException form when TOO_LONG_FIELD.equals(form.getMessage()) ->
          ProblemException.of(
              413, "a field of the form has more than " + Listener.MAX_FORM_FIELD_BYTES + " bytes");
      case HttpException http -> status(http.getStatusCode(), context);
      case null -> status(context.statusCode(), context);
      default -> {
        if (context.statusCode() >= 400 && context.statusCode() < 500) {
          yield status(context.statusCode(), context);
        }
        yield databaseAway(failure)
            ? ProblemException.unavailable("the database is away", Duration.ofSeconds(5))
            : unforeseen(failure, context);
      }
    };
  }

  /**
   * Whether no connection could be had, or the server went away under it.
   *
   * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">SQLSTATE</a>
   */
  private static boolean databaseAway(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        return sql instanceof SQLTransientConnectionException
            || state.startsWith("08")
            || state.startsWith("57P");
      }
    }
    return false;
  }

  private static ProblemException status(int status, RoutingContext context) {
    String path = context.normalizedPath();
    return switch (status) {
      case 404 -> ProblemException.notFound("there is nothing at " + path);
      case 405 ->
          ProblemException.of(405, context.request().method() + " is not possible at " + path);
      case 413 -> ProblemException.of(413, "the body is larger than " + path + " takes");
      case 504 -> ProblemException.of(504, "the request took too long");
      default ->
          ProblemException.of(status < 400 ? 500 : status, "the request could not be served");
    };
  }

  private static ProblemException unforeseen(Throwable failure, RoutingContext context) {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.error(
        "request {} {} failed unexpectedly, error {}",
        context.request().method(),
        context.normalizedPath(),
        id,
        failure);
    return ProblemException.internal(id);
  }
}

package io.tocsin.probe;

import io.tocsin.access.OutboundGuard;
import io.tocsin.check.CheckResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Goes out for one check and has its result judged, after the checks whose word decides have been
 * heard.
 *
 * @param check what to ask
 * @param book where the result is judged
 * @param runNow runs another check now; ends when that one has been judged
 */
record CheckErrand(Check check, CheckBook book, Function<String, Future<Void>> runNow)
    implements Errand {

  @Override
  public String name() {
    return check.policy().name();
  }

  @Override
  public Duration interval() {
    return check.policy().interval();
  }

  @Override
  public Duration timeout() {
    return check.policy().timeout();
  }

  @Override
  public String host() {
    return check.probe().host();
  }

  @Override
  public Optional<OutboundGuard> guard() {
    return check.guard();
  }

  @Override
  public Future<Finding> ask(ProbeRun run) {
    return check.probe().ask(run);
  }

  @Override
  public Future<Void> deliver(ProbeRun run, Finding finding, Duration took) {
    var result =
        new CheckResult(
            name(),
            check.policy().component(),
            run.at(),
            took.toNanos() / 1e9,
            finding.outcome(),
            finding.cause(),
            finding.detail(),
            finding.tlsExpiry(),
            finding.statusCode());
    List<String> witnesses = book.witnesses(result);
    if (witnesses.isEmpty()) {
      book.enter(result, finding.readings());
      return Future.succeededFuture();
    }
    return Future.join(witnesses.stream().map(runNow).toList())
        .timeout(interval().toMillis(), TimeUnit.MILLISECONDS)
        .transform(
            heard -> {
              book.enter(result, finding.readings());
              return Future.succeededFuture();
            });
  }
}

package io.tocsin.probe;

import io.tocsin.settings.Section;
import io.vertx.core.Future;

/**
 * Asks over HTTP or HTTPS and compares the answer with what is expected.
 *
 * @param target whom to ask and how
 * @param expect what the answer must be like
 */
record HttpProbe(HttpTarget target, HttpExpectation expect) implements Probe {

  /**
   * How it is written in a check: {@code http: {url, expect: {...}, slower_than, ...}}, see {@link
   * HttpTarget#read} and {@link HttpExpectation#read}.
   */
  static final ProbeKind KIND = new ProbeKind("http", HttpProbe::read);

  /** A body longer than this many bytes is compared off the event loop. */
  private static final int LARGE = 1 << 16;

  private static HttpProbe read(Section section) {
    var probe = new HttpProbe(HttpTarget.read(section), HttpExpectation.read(section));
    section.done();
    return probe;
  }

  @Override
  public String host() {
    return target.host();
  }

  @Override
  public Future<Finding> ask(ProbeRun run) {
    return HttpExchange.send(run, target.request())
        .compose(
            answer ->
                expect.readsBody() && answer.body().length() > LARGE
                    ? run.outside().offLoop(() -> finding(run, answer))
                    : Future.succeededFuture(finding(run, answer)));
  }

  private Finding finding(ProbeRun run, HttpExchange.Answer answer) {
    Finding finding =
        expect
            .unmet(answer)
            .map(Finding::failure)
            .orElseGet(() -> Finding.success("status " + answer.status()));
    return target.weigh(run, answer, finding);
  }
}

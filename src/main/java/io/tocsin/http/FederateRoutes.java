package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Evaluator;
import io.tocsin.promql.ParseProblem;
import io.tocsin.promql.Parser;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.SampleRoom;
import io.tocsin.promql.Value.Sample;
import io.tocsin.series.SeriesReader;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The newest samples of chosen series, for a Prometheus above us that scrapes them.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/federation/">Federation</a>
 */
public final class FederateRoutes implements Routes {

  /** Characters of an answer: half a million series. */
  private static final int LONGEST = 128 << 20;

  private final SeriesReader reader;
  private final QueryLimits limits;
  private final SampleRoom room;
  private final Supplier<Labels> external;
  private final QueryPool pool;
  private final InstantSource clock;

  /**
   * @param limits how far one request may go; its look-back says how old a sample may be
   * @param room what all queries under way may hold together
   * @param external labels of this installation
   */
  public FederateRoutes(
      SeriesReader reader,
      QueryLimits limits,
      SampleRoom room,
      Supplier<Labels> external,
      QueryPool pool,
      InstantSource clock) {
    this.reader = reader;
    this.limits = limits;
    this.room = room;
    this.external = external;
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    for (String path : new String[] {"/federate", "/prometheus/federate"}) {
      Operation.get(router, path).needs(Scope.READ).answers(this::federate);
    }
  }

  private Future<Reply> federate(Request request) {
    List<String> texts = request.queries("match[]");
    TextVersion version = TextVersion.of(request);
    return pool.answer(
        request,
        PrometheusParameters.timeout(request),
        stop -> {
          List<List<Matcher>> sets = texts.stream().map(FederateRoutes::matchers).toList();
          var evaluator = new Evaluator(reader, limits.withStop(stop), room);
          List<Sample> newest = evaluator.newest(sets, clock.millis());
          String text = FederatedText.of(newest, external.get(), version.escaping, LONGEST);
          return Reply.of(200, version.mediaType(), Buffer.buffer(text)).with("Vary", "Accept");
        });
  }

  private static List<Matcher> matchers(String text) {
    try {
      return Parser.parseSelector(text);
    } catch (ParseProblem problem) {
      throw ProblemException.badRequest(String.valueOf(problem.getMessage()));
    }
  }

  /** Which version of the text format a reader takes, and what it makes of names. */
  private record TextVersion(String version, NameEscaping escaping) {

    /** The text format that it likes most; 0.0.4 if it names none. */
    static TextVersion of(Request request) {
      for (MIMEHeader accepted : request.context().parsedHeaders().accept()) {
        String version = parameter(accepted, "version").orElse("0.0.4");
        boolean known = version.equals("0.0.4") || version.equals("1.0.0");
        if (known
            && accepted.component().equals("text")
            && accepted.subComponent().equals("plain")) {
          Optional<NameEscaping> escaping =
              parameter(accepted, "escaping").flatMap(NameEscaping::named);
          return new TextVersion(version, escaping.orElse(NameEscaping.UNDERSCORES));
        }
      }
      return new TextVersion("0.0.4", NameEscaping.UNDERSCORES);
    }

    private static Optional<String> parameter(MIMEHeader accepted, String name) {
      return Optional.ofNullable(accepted.parameter(name));
    }

    String mediaType() {
      return "text/plain; version=" + version + "; charset=utf-8; escaping=" + escaping.word();
    }
  }
}

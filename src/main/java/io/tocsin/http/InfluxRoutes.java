package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.ingest.Format;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;

/**
 * Receives Influx' line protocol at the paths of its versions 1 and 2; database, organisation and
 * bucket are not looked at. Answers 204 once the samples are durable.
 *
 * @see <a href="https://docs.influxdata.com/influxdb/v2/api/#operation/PostWrite">Write data</a>
 */
public final class InfluxRoutes implements Routes {

  private final SampleIntake intake;

  public InfluxRoutes(SampleIntake intake) {
    this.intake = intake;
  }

  @Override
  public void mount(Router router) {
    for (String path : new String[] {"/write", "/api/v2/write"}) {
      Operation.post(router, path)
          .needs(Scope.INGEST)
          .readsPlain(intake.maxBytes())
          .answers(this::write);
    }
    Operation.get(router, "/ping").answersAtOnce(request -> Reply.empty(204));
  }

  private Future<Reply> write(Request request) {
    return intake
        .accept(request, Format.INFLUX, unit(request))
        .map(SampleIntake.Written::whole)
        .map(kept -> Reply.empty(204));
  }

  private static TimeUnit unit(Request request) {
    String precision = request.query("precision").orElse("ns");
    return switch (precision) {
      case "ns", "n", "" -> TimeUnit.NANOSECONDS;
      case "us", "u", "µ" -> TimeUnit.MICROSECONDS;
      case "ms" -> TimeUnit.MILLISECONDS;
      case "s" -> TimeUnit.SECONDS;
      case "m" -> TimeUnit.MINUTES;
      case "h" -> TimeUnit.HOURS;
      default -> throw Request.wrong("precision", precision, "ns, us, ms or s");
    };
  }
}

package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.ingest.Format;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Locale;

/**
 * Receives Prometheus remote write 1.0. Answers 204 once the samples are durable and readable.
 *
 * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">Remote-Write 1.0</a>
 */
public final class RemoteWriteRoutes implements Routes {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final String VERSION_1 = "prometheus.writerequest";

  private final SampleIntake intake;

  public RemoteWriteRoutes(SampleIntake intake) {
    this.intake = intake;
  }

  @Override
  public void mount(Router router) {
    Operation.post(router, "/prometheus/api/v1/write")
        .needs(Scope.INGEST)
        .reads(intake.maxBytes(), PROTOBUF)
        .answers(this::write);
  }

  private Future<Reply> write(Request request) {
    checkVersion(request);
    return intake.accept(request, Format.REMOTE_WRITE).map(kept -> Reply.empty(204));
  }

  /** A sender of 2.0 falls back to 1.0 on 415. */
  private static void checkVersion(Request request) {
    String type = String.valueOf(request.context().request().getHeader("Content-Type"));
    String lower = type.toLowerCase(Locale.ROOT);
    int proto = lower.indexOf("proto=");
    if (proto >= 0 && !lower.startsWith(VERSION_1, proto + "proto=".length())) {
      throw ProblemException.unsupported(
          type, List.of(PROTOBUF + ";proto=prometheus.WriteRequest"));
    }
    String encoding = request.context().request().getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("snappy")) {
      throw ProblemException.of(
          415, "Content-Encoding: found \"" + encoding + "\", expected snappy");
    }
  }
}

package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.http.SampleIntake.Written;
import io.tocsin.ingest.Format;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Locale;

/**
 * Receives Prometheus remote write 1.0 and 2.0. Answers 204 once the samples are durable and
 * readable. When some cannot be kept the others are, and the answer is 400 with the reason of the
 * first one; the headers say how many were written.
 *
 * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">Remote-Write 1.0</a>
 * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/">Remote-Write 2.0</a>
 */
public final class RemoteWriteRoutes implements Routes {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final String VERSION_1 = "prometheus.WriteRequest";
  private static final String VERSION_2 = "io.prometheus.write.v2.Request";
  private static final String WRITTEN = "X-Prometheus-Remote-Write-%s-Written";

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
    Format format = format(request);
    return intake.accept(request, format).map(RemoteWriteRoutes::reply);
  }

  /** A sender of 2.0 knows by the headers that its version was understood. */
  private static Reply reply(Written written) {
    Reply reply =
        written.problem().isEmpty() ? Reply.empty(204) : Reply.text(400, written.problem() + "\n");
    return reply
        .with(WRITTEN.formatted("Samples"), Integer.toString(written.samples()))
        .with(WRITTEN.formatted("Histograms"), "0")
        .with(WRITTEN.formatted("Exemplars"), "0");
  }

  /** By the media type's parameter {@code proto}; without one it is 1.0. */
  private static Format format(Request request) {
    checkEncoding(request);
    String type = request.header("Content-Type");
    for (String part : type.split(";")) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length == 2 && pair[0].strip().toLowerCase(Locale.ROOT).equals("proto")) {
        return switch (pair[1].strip().replace("\"", "")) {
          case VERSION_1 -> Format.REMOTE_WRITE;
          case VERSION_2 -> Format.REMOTE_WRITE_2;
          default ->
              throw ProblemException.unsupported(
                  type,
                  List.of(PROTOBUF + ";proto=" + VERSION_2, PROTOBUF + ";proto=" + VERSION_1));
        };
      }
    }
    return Format.REMOTE_WRITE;
  }

  private static void checkEncoding(Request request) {
    String encoding = request.header("Content-Encoding");
    if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("snappy")) {
      throw ProblemException.of(
          415, "Content-Encoding: found \"" + encoding + "\", expected snappy");
    }
  }
}

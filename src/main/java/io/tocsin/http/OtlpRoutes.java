package io.tocsin.http;

import com.google.protobuf.CodedOutputStream;
import io.tocsin.access.Scope;
import io.tocsin.http.SampleIntake.Written;
import io.tocsin.ingest.Format;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/**
 * Receives OpenTelemetry's metrics over HTTP, as protobuf or JSON, at Prometheus' path and at the
 * path that exporters use by themselves. Points that cannot be kept are told as a partial success.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP/HTTP</a>
 */
public final class OtlpRoutes implements Routes {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final int INVALID_ARGUMENT = 3;

  private final SampleIntake intake;

  public OtlpRoutes(SampleIntake intake) {
    this.intake = intake;
  }

  @Override
  public void mount(Router router) {
    for (String path : new String[] {"/prometheus/api/v1/otlp/v1/metrics", "/v1/metrics"}) {
      Operation.post(router, path)
          .needs(Scope.INGEST)
          .reads(intake.maxBytes(), PROTOBUF, JSON)
          .answers(this::write);
    }
  }

  private Future<Reply> write(Request request) {
    boolean json = request.header("Content-Type").toLowerCase(Locale.ROOT).startsWith(JSON);
    Future<Written> written;
    try {
      written = intake.accept(request, json ? Format.OTLP_JSON : Format.OTLP);
    } catch (ProblemException e) {
      written = Future.failedFuture(e);
    }
    return written
        .map(kept -> json ? jsonReply(kept) : protobufReply(kept))
        .recover(
            failure ->
                failure instanceof ProblemException problem && problem.problem().status() == 400
                    ? Future.succeededFuture(refusal(problem.problem(), json))
                    : Future.failedFuture(failure));
  }

  private static Reply jsonReply(Written written) {
    if (written.problem().isEmpty()) {
      return Reply.json(Map.of());
    }
    return Reply.json(
        Map.of(
            "partialSuccess",
            Map.of(
                "rejectedDataPoints",
                Integer.toString(written.left()),
                "errorMessage",
                written.problem())));
  }

  /** {@code ExportMetricsServiceResponse{ partial_success = 1{ rejected = 1, message = 2 } }}. */
  private static Reply protobufReply(Written written) {
    if (written.problem().isEmpty()) {
      return Reply.of(200, PROTOBUF, Buffer.buffer());
    }
    byte[] partial =
        message(
            out -> {
              out.writeInt64(1, written.left());
              out.writeString(2, written.problem());
            });
    return Reply.of(200, PROTOBUF, Buffer.buffer(message(out -> out.writeByteArray(1, partial))));
  }

  /** A {@code google.rpc.Status{ code = 1, message = 2 }}. */
  private static Reply refusal(Problem problem, boolean json) {
    if (json) {
      return Reply.json(
          problem.status(), Map.of("code", INVALID_ARGUMENT, "message", problem.detail()));
    }
    byte[] status =
        message(
            out -> {
              out.writeInt32(1, INVALID_ARGUMENT);
              out.writeString(2, problem.detail());
            });
    return Reply.of(problem.status(), PROTOBUF, Buffer.buffer(status));
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    var bytes = new ByteArrayOutputStream();
    try {
      var out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}

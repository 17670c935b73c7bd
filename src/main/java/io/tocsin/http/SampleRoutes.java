package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.ingest.Format;
import io.vertx.ext.web.Router;

/**
 * Receives samples as JSON (see {@link Format#JSON}), or in an exposition format by its media type.
 * Answers 204 once they are durable.
 */
public final class SampleRoutes implements Routes {

  private static final String JSON = "application/json";

  private final SampleIntake intake;

  public SampleRoutes(SampleIntake intake) {
    this.intake = intake;
  }

  @Override
  public void mount(Router router) {
    Operation.post(router, "/api/v1/samples")
        .needs(Scope.INGEST)
        .reads(intake.maxBytes(), JSON, "text/plain", "application/openmetrics-text")
        .answers(
            request ->
                intake
                    .accept(request, format(request.mediaType()))
                    .map(SampleIntake.Written::whole)
                    .map(kept -> Reply.empty(204)));
  }

  private static Format format(String mediaType) {
    return mediaType.startsWith(JSON) ? Format.JSON : Format.exposition(mediaType);
  }
}

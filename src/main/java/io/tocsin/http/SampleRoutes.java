package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.ingest.Format;
import io.vertx.ext.web.Router;

/** Receives samples as JSON, see {@link Format#JSON}. Answers 204 once they are durable. */
public final class SampleRoutes implements Routes {

  private final SampleIntake intake;

  public SampleRoutes(SampleIntake intake) {
    this.intake = intake;
  }

  @Override
  public void mount(Router router) {
    Operation.post(router, "/api/v1/samples")
        .needs(Scope.INGEST)
        .reads(intake.maxBytes(), "application/json")
        .answers(
            request ->
                intake
                    .accept(request, Format.JSON)
                    .map(SampleIntake.Written::whole)
                    .map(kept -> Reply.empty(204)));
  }
}

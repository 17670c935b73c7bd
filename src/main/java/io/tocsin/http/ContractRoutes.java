package io.tocsin.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Our API's own description, for people and generators. */
public final class ContractRoutes implements Routes {

  private final Buffer contract;

  public ContractRoutes() {
    try (var file = ContractRoutes.class.getResourceAsStream("/openapi.yaml")) {
      if (file == null) {
        throw new IllegalStateException("openapi.yaml is missing from this build");
      }
      contract = Buffer.buffer(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, "/api/v1/openapi.yaml")
        .answersAtOnce(request -> Reply.of(200, "application/yaml", contract));
  }
}

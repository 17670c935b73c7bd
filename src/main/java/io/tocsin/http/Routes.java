package io.tocsin.http;

import io.vertx.ext.web.Router;

/** One resource: mounts its operations on a listener's router. */
@FunctionalInterface
public interface Routes {

  /** Adds this resource's operations. */
  void mount(Router router);
}

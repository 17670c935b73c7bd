package io.tocsin.http;

import io.vertx.core.http.HttpServerRequest;

/**
 * Stands before a listener's routes and answers what needs no routing: whole answers from memory,
 * for readers who come by the thousand. Called on the event loop; never blocks.
 */
@FunctionalInterface
public interface Front {

  /** Answers nothing: every request is routed. */
  Front NONE = request -> false;

  /** Whether it has answered; else the request is as it was. */
  boolean answers(HttpServerRequest request);
}

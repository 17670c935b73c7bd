package io.tocsin.http;

import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;

/**
 * What only the leading node answers: at another it is to be asked again in a moment.
 *
 * @param paths of which it is so, as Vert.x writes them
 */
public record LeaderOnly(List<String> paths) implements Routes {

  private static final Duration AGAIN = Duration.ofSeconds(2);

  @Override
  public void mount(Router router) {
    for (String path : paths) {
      router
          .route(path)
          .handler(
              context ->
                  context.fail(
                      ProblemException.unavailable("another node leads, ask that one", AGAIN)));
    }
  }
}

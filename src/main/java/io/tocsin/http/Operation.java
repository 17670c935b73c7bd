package io.tocsin.http;

import io.tocsin.access.Principal;
import io.tocsin.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One method on one path, built in the order in which a request meets it: who may ask, how large a
 * body of which type, what is answered.
 */
public final class Operation {

  /** Under which a request keeps the media type that its sender gave. */
  static final String MEDIA_TYPE = "tocsin.mediaType";

  private final Route route;

  private Operation(Route route) {
    this.route = route;
  }

  /** An operation on a path of vertx-web's syntax ({@code /incidents/:id}). */
  public static Operation on(Router router, HttpMethod method, String path) {
    return new Operation(router.route(method, path));
  }

  /** GET, and HEAD with it. */
  public static Operation get(Router router, String path) {
    return new Operation(router.route(HttpMethod.GET, path).method(HttpMethod.HEAD));
  }

  public static Operation post(Router router, String path) {
    return on(router, HttpMethod.POST, path);
  }

  /** Only for principals with a scope: 401 for nobody, 403 for somebody without it. */
  public Operation needs(Scope scope) {
    route.handler((SecurityPolicyHandler) context -> permit(context, scope));
    return this;
  }

  private static void permit(RoutingContext context, Scope scope) {
    Principal principal = Authentication.principal(context);
    if (!principal.may(scope)) {
      throw ProblemException.of(
          403, "this needs the scope " + scope.word() + ", which " + principal.name() + " lacks");
    }
    context.next();
  }

  /**
   * Reads a body of one of these media types (none: any): 415 for another, 413 beyond {@code
   * maxBytes}. A form's fields become request parameters.
   */
  public Operation reads(long maxBytes, String... mediaTypes) {
    List<String> accepted = List.of(mediaTypes);
    if (!accepted.isEmpty()) {
      route.handler((SecurityPolicyHandler) context -> checkType(context, accepted));
    }
    route.handler(BodyHandler.create(false).setBodyLimit(maxBytes));
    return this;
  }

  /**
   * Reads a body of whatever type as plain bytes. For clients like {@code curl --data-binary},
   * which call everything a form.
   */
  public Operation readsPlain(long maxBytes) {
    route.handler(
        (SecurityPolicyHandler)
            context -> {
              String given = context.request().getHeader("Content-Type");
              context.put(MEDIA_TYPE, given == null ? "" : given);
              context.request().headers().set("Content-Type", "text/plain");
              context.next();
            });
    return reads(maxBytes);
  }

  private static void checkType(RoutingContext context, List<String> accepted) {
    String given = context.request().getHeader("Content-Type");
    String mediaType = given == null ? "" : given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!accepted.contains(mediaType)) {
      throw ProblemException.unsupported(mediaType, accepted);
    }
    context.next();
  }

  /** Answers on the event loop, now or when a future completes. */
  public void answers(Function<Request, Future<Reply>> answer) {
    route.handler(
        context ->
            answer
                .apply(new Request(context))
                .onSuccess(reply -> reply.send(context))
                .onFailure(context::fail));
  }

  /** Answers on the event loop without waiting for anything. */
  public void answersAtOnce(Function<Request, Reply> answer) {
    route.handler(context -> answer.apply(new Request(context)).send(context));
  }

  /** Answers on a virtual thread, where waiting is allowed. */
  public void answersOn(Blocking blocking, Function<Request, Reply> answer) {
    answers(request -> blocking.call(() -> answer.apply(request)));
  }
}

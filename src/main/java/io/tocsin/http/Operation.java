package io.tocsin.http;

import io.tocsin.access.Principal;
import io.tocsin.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One method on one path, built in the order in which a request meets it: who may ask, how large a
 * body of which type, what is answered.
 */
public final class Operation {

  /** Under which a request keeps the media type that its sender gave. */
  static final String MEDIA_TYPE = "tocsin.mediaType";

  /** Under which a route says the scope it needs, and a request the one that was needed. */
  static final String SCOPE = "tocsin.scope";

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final String FORM = "application/x-www-form-urlencoded";

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
    route.putMetadata(SCOPE, scope);
    route.handler((SecurityPolicyHandler) context -> permit(context, scope));
    return this;
  }

  /** As {@link #needs}, for forms: asked after the body was read, so that nothing typed is lost. */
  public Operation thenNeeds(Scope scope) {
    route.putMetadata(SCOPE, scope);
    route.handler(context -> permit(context, scope));
    return this;
  }

  /** Answers what goes wrong with a page instead of a problem document. */
  public Operation failsWith(FailurePage page) {
    route.handler(
        (SecurityPolicyHandler)
            context -> {
              context.put(FailurePage.KEY, page);
              context.next();
            });
    return this;
  }

  private static void permit(RoutingContext context, Scope scope) {
    context.put(SCOPE, scope);
    Principal principal = Authentication.principal(context);
    if (!principal.may(scope)) {
      throw ProblemException.of(
          403, "this needs the scope " + scope.word() + ", which " + principal.name() + " lacks");
    }
    if (principal.session().isPresent() && !SAFE.contains(context.request().method())) {
      requireOrigin(context);
    }
    context.next();
  }

  /**
   * A browser's session goes with every request, whoever made it up: a change must be a form, which
   * carries a token, or say where it comes from, which {@link OriginGuard} has judged.
   */
  private static void requireOrigin(RoutingContext context) {
    HttpServerRequest request = context.request();
    String type = request.getHeader("Content-Type");
    boolean form = type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
    if (!form
        && request.getHeader("Origin") == null
        && request.getHeader("Sec-Fetch-Site") == null) {
      throw ProblemException.of(
          403, "a change by a session needs the header Origin or Sec-Fetch-Site, found neither");
    }
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
   * Reads a body if there is one; only then its type matters. For orders that mean something
   * without, as {@code curl -X POST} sends them.
   */
  public Operation mayRead(long maxBytes, String... mediaTypes) {
    List<String> accepted = List.of(mediaTypes);
    route.handler(
        (SecurityPolicyHandler)
            context -> {
              if (hasBody(context)) {
                checkType(context, accepted);
              } else {
                context.next();
              }
            });
    return reads(maxBytes);
  }

  private static boolean hasBody(RoutingContext context) {
    MultiMap headers = context.request().headers();
    String length = headers.get("Content-Length");
    return length == null ? headers.contains("Transfer-Encoding") : !length.equals("0");
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

  /** Answers on a virtual thread, where waiting is allowed; large data compressed if wanted. */
  public void answersOn(Blocking blocking, Function<Request, Reply> answer) {
    answers(
        request -> {
          UnaryOperator<Reply> gzipped = Gzipped.forReader(request);
          return blocking.call(() -> gzipped.apply(answer.apply(request)));
        });
  }
}

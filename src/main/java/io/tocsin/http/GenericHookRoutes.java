package io.tocsin.http;

import io.tocsin.access.Principal;
import io.tocsin.access.Scope;
import io.vertx.ext.web.Router;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes anybody's JSON by a mapping of the configuration; signed, or with a token. */
public final class GenericHookRoutes implements Routes {

  private static final long MAX_BODY = 1024 * 1024;

  private final Supplier<HookSettings> settings;
  private final HookDoor door;
  private final Blocking blocking;

  public GenericHookRoutes(Supplier<HookSettings> settings, HookDoor door, Blocking blocking) {
    this.settings = settings;
    this.door = door;
    this.blocking = blocking;
  }

  @Override
  public void mount(Router router) {
    Operation.post(router, "/hooks/generic/:name").reads(MAX_BODY).answersOn(blocking, this::take);
  }

  private Reply take(Request request) {
    String name = request.path("name");
    GenericHook hook = settings.get().generic().get(name);
    if (hook == null) {
      throw ProblemException.notFound("there is no hook " + name);
    }
    verify(hook, request);
    var alerts = hook.read(request.body(), door.clock().instant());
    AlertmanagerAlertRoutes.take("hook:" + name, alerts, door.intake(), hook.timeout());
    return Reply.json(202, Map.of("alerts", alerts.size()));
  }

  private static void verify(GenericHook hook, Request request) {
    if (hook.secret().isEmpty()) {
      Principal principal = request.principal();
      if (!principal.may(Scope.INGEST)) {
        throw ProblemException.of(403, "this needs the scope ingest");
      }
      return;
    }
    String found =
        request
            .header(hook.signatureHeader())
            .toLowerCase(Locale.ROOT)
            .replaceFirst("^sha256=", "");
    Optional<String> secret = hook.secret();
    if (!HookSignature.same(HookSignature.of(secret.orElseThrow(), request.body()), found)) {
      throw ProblemException.of(401, hook.signatureHeader() + " does not fit the body");
    }
  }
}

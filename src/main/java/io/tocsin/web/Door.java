package io.tocsin.web;

import io.tocsin.access.AccessPolicy;
import io.tocsin.http.Authentication;
import io.tocsin.http.Problem;
import io.tocsin.http.Request;
import io.tocsin.http.oidc.SignOn;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands where a page would be, for those who are not let in or ask for what is not there. */
final class Door {

  private static final Set<String> NEVER_SHOWN =
      Set.of("csrf", "password", "current", "again", "token", "code", "phase", "audience", "back");
  private static final int LONGEST = 20_000;

  private Door() {}

  /** The page to log in, leading back to the page asked for. */
  static LoginView login(Request request, Optional<AccessPorts> access) {
    boolean get = request.context().request().method().name().equals("GET");
    String next =
        get
            ? ReturnPath.of(Optional.of(request.context().request().uri()))
            : ReturnPath.ofReferrer(
                request.header("Referer"), String.valueOf(request.context().request().authority()));
    List<LoginView.Typed> typed = typed(request);
    return view(access, next, notice(request, typed), typed);
  }

  static LoginView view(
      Optional<AccessPorts> access, String next, String notice, List<LoginView.Typed> typed) {
    return new LoginView(
        access.flatMap(AccessPorts::passwords).isPresent(),
        access.map(it -> it.settings().policy() != AccessPolicy.PEOPLE_ONLY).orElse(true),
        access.flatMap(AccessPorts::signOn).map(SignOn::title),
        next,
        "",
        "",
        notice,
        typed);
  }

  private static String notice(Request request, List<LoginView.Typed> typed) {
    String reason = Authentication.refusal(request.context());
    if (reason.isEmpty() || !reason.contains("session")) {
      return typed.isEmpty() ? "" : "Nobody is logged in here, so nothing was done.";
    }
    return typed.isEmpty()
        ? "Your session has ended. Log in and you are back where you were."
        : "Your session has ended, so nothing was done yet. What you typed stands below.";
  }

  private static List<LoginView.Typed> typed(Request request) {
    MultiMap form = request.context().request().formAttributes();
    var typed = new ArrayList<LoginView.Typed>();
    form.forEach(
        it -> {
          if (!NEVER_SHOWN.contains(it.getKey()) && !it.getValue().isBlank()) {
            String text = it.getValue();
            typed.add(
                new LoginView.Typed(
                    it.getKey(), text.length() <= LONGEST ? text : text.substring(0, LONGEST)));
          }
        });
    return typed;
  }

  /** The words for a problem, for people. */
  static String heading(Problem problem) {
    return switch (problem.status()) {
      case 403 -> "Not allowed";
      case 404 -> "Nothing here";
      case 409 -> "That no longer fits";
      case 413 -> "Too large";
      case 503 -> "Not at the moment";
      default -> problem.status() >= 500 ? "Something went wrong" : "That did not work";
    };
  }
}

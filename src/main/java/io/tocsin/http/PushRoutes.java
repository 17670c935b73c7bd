package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.ingest.Format;
import io.tocsin.ingest.PushedGroups;
import io.tocsin.label.Labels;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Receives what batch jobs push, as a Pushgateway does: {@code
 * /metrics/job/<job>/<label>/<value>...} with the text format or OpenMetrics as body; the path's
 * labels win. PUT replaces the group, POST the metrics it names, DELETE ends the group. What a
 * group holds is exposed anew at an interval, see {@link PushedGroups}.
 *
 * @see <a href="https://github.com/prometheus/pushgateway#api">Pushgateway API</a>
 */
public final class PushRoutes implements Routes {

  private static final String PREFIX = "/metrics/job";
  private static final String BASE64 = "@base64";

  private final SampleIntake intake;
  private final PushedGroups groups;
  private final Blocking blocking;

  public PushRoutes(SampleIntake intake, PushedGroups groups, Blocking blocking) {
    this.intake = intake;
    this.groups = groups;
    this.blocking = blocking;
  }

  @Override
  public void mount(Router router) {
    for (String path : new String[] {PREFIX + "/*", PREFIX + BASE64 + "/*"}) {
      for (HttpMethod method : new HttpMethod[] {HttpMethod.POST, HttpMethod.PUT}) {
        Operation.on(router, method, path)
            .needs(Scope.INGEST)
            .readsPlain(intake.maxBytes())
            .answers(request -> push(request, method.equals(HttpMethod.PUT)));
      }
      Operation.on(router, HttpMethod.DELETE, path).needs(Scope.INGEST).answers(this::delete);
    }
  }

  /** A push on its way; set where it is decoded, applied when it is durable. */
  private static final class Pending {
    private volatile PushedGroups.Change change = PushedGroups.Change.NONE;
  }

  private Future<Reply> push(Request request, boolean whole) {
    Labels group = group(request.rawPath());
    var pending = new Pending();
    Future<SampleIntake.Written> written;
    try {
      written =
          intake.accept(
              request,
              Format.exposition(request.mediaType()),
              (samples, at) -> {
                PushedGroups.Change pushed = groups.push(group, samples, whole, at);
                pending.change = pushed;
                return pushed.samples();
              });
    } catch (ProblemException e) {
      written = Future.failedFuture(e);
    }
    return written
        .compose(kept -> apply(pending.change).map(done -> kept.whole()))
        .map(kept -> Reply.empty(200))
        .recover(failure -> refused(request, group, failure));
  }

  /** A refused push shows in the group's own series, then the sender is told. */
  private Future<Reply> refused(Request request, Labels group, Throwable failure) {
    boolean wrong =
        failure instanceof ProblemException problem && problem.problem().status() == 400;
    if (!wrong) {
      return Future.failedFuture(failure);
    }
    return apply(request, groups.failed(group, intake.clock().millis()))
        .transform(told -> Future.failedFuture(failure));
  }

  private Future<Reply> delete(Request request) {
    Labels group = group(request.rawPath());
    return apply(request, groups.delete(group, intake.clock().millis()))
        .map(done -> Reply.empty(202));
  }

  private Future<Void> apply(Request request, PushedGroups.Change change) {
    return intake.keep(request, change.samples()).compose(kept -> apply(change));
  }

  private Future<Void> apply(PushedGroups.Change change) {
    return blocking.call(
        () -> {
          change.apply();
          return null;
        });
  }

  /** The labels that a path names, the job first. */
  private Labels group(String path) {
    String[] parts = path.substring("/metrics/".length()).split("/", -1);
    if (parts.length % 2 != 0) {
      throw ProblemException.badRequest(
          "the path holds an odd number of parts, expected /metrics/job/<job>/<label>/<value>...");
    }
    var labels = Labels.builder();
    for (int i = 0; i < parts.length; i += 2) {
      String name = decoded(parts[i]);
      boolean encoded = name.endsWith(BASE64);
      if (encoded) {
        name = name.substring(0, name.length() - BASE64.length());
      }
      if (!name.matches("[a-zA-Z_][a-zA-Z0-9_]*") || name.startsWith("__")) {
        throw ProblemException.badRequest("found \"" + name + "\", expected a label's name");
      }
      String value = encoded ? base64(parts[i + 1]) : decoded(parts[i + 1]);
      if (i == 0 && value.isEmpty()) {
        throw ProblemException.badRequest("the job's name is empty");
      }
      if (value.length() > intake.longestValue() || value.indexOf('\0') >= 0) {
        throw ProblemException.badRequest(
            "label "
                + name
                + ": a value of "
                + value.length()
                + " characters found, expected at most "
                + intake.longestValue()
                + " and no NUL");
      }
      labels.set(name, value);
    }
    return labels.build();
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("found \"" + part + "\", expected a percent-encoded text");
    }
  }

  private static String base64(String part) {
    try {
      String bare = part.replace("=", "");
      return new String(Base64.getUrlDecoder().decode(bare), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("found \"" + part + "\", expected base64url");
    }
  }
}

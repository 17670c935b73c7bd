package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.ingest.Format;
import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Receives what batch jobs push, as a Pushgateway does: {@code
 * /metrics/job/<job>/<label>/<value>...} with the text format as body; the path's labels win. POST
 * and PUT both add samples at the time of the push; unlike there, a sample is forgotten by queries
 * five minutes later, as any other.
 *
 * @see <a href="https://github.com/prometheus/pushgateway#api">Pushgateway API</a>
 */
public final class PushRoutes implements Routes {

  private static final String PREFIX = "/metrics/job";
  private static final String BASE64 = "@base64";
  private static final String PUSHED_AT = "push_time_seconds";

  private final SampleIntake intake;

  public PushRoutes(SampleIntake intake) {
    this.intake = intake;
  }

  @Override
  public void mount(Router router) {
    for (String path : new String[] {PREFIX + "/*", PREFIX + BASE64 + "/*"}) {
      for (HttpMethod method : new HttpMethod[] {HttpMethod.POST, HttpMethod.PUT}) {
        Operation.on(router, method, path)
            .needs(Scope.INGEST)
            .readsPlain(intake.maxBytes())
            .answers(this::push);
      }
    }
  }

  private Future<Reply> push(Request request) {
    Labels group = group(request.rawPath());
    return intake
        .accept(request, Format.TEXT, samples -> grouped(samples, group))
        .map(SampleIntake.Written::whole)
        .map(kept -> Reply.empty(200));
  }

  private SampleBatch grouped(SampleBatch samples, Labels group) {
    var batch = SampleBatch.builder();
    for (int i = 0; i < samples.size(); i++) {
      batch.add(samples.labels(i).with(group), samples.timestamp(i), samples.value(i));
    }
    long now = intake.clock().millis();
    return batch.add(group.with(Labels.NAME, PUSHED_AT), now, now / 1_000.0).build();
  }

  /** The labels that a path names, the job first. */
  static Labels group(String path) {
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

package io.tocsin.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The demo's own page: break and heal the simulated company, see what its receivers got. */
final class DemoPages {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final DemoControls demo;
  private final ConsolePage page;

  DemoPages(DemoControls demo, ConsolePage page) {
    this.demo = demo;
    this.page = page;
  }

  void mount(Router router) {
    page.get(
        router,
        "/demo",
        request -> page.page(request, "console/demo.jte", "Demo", Map.of("view", view(request))));
    page.get(
        router,
        "/demo/live",
        request -> page.part("console/demo-live.jte", Map.of("view", view(request))));
    page.post(router, "/demo/break", request -> change(request, true));
    page.post(router, "/demo/heal", request -> change(request, false));
  }

  private Reply change(Request request, boolean breaks) {
    String dependency = request.required("dependency");
    Set<String> known =
        Set.copyOf(demo.dependencies().stream().map(DemoControls.Dependency::name).toList());
    if (!known.contains(dependency)) {
      throw Request.wrong("dependency", dependency, "one of " + known);
    }
    if (breaks) {
      demo.breakIt(dependency);
    } else {
      demo.heal(dependency);
    }
    return ConsolePage.to("/demo");
  }

  private DemoView view(Request request) {
    List<DemoControls.Received> received =
        demo.received().stream()
            .map(
                got ->
                    new DemoControls.Received(
                        got.at(), got.receiver(), got.summary(), pretty(got.body())))
            .toList();
    return new DemoView(page.now(), demo.dependencies(), received, Powers.of(request.principal()));
  }

  /** JSON with line breaks; anything else as it is. */
  private static String pretty(String body) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      return body;
    }
  }
}

package io.tocsin.web;

import java.time.Instant;
import java.util.List;

/** What the demo's page shows at an instant, and to whom; bodies are pretty printed. */
public record DemoView(
    Instant now,
    List<DemoControls.Dependency> dependencies,
    List<DemoControls.Received> received,
    Powers powers) {
  public DemoView {
    dependencies = List.copyOf(dependencies);
    received = List.copyOf(received);
  }
}

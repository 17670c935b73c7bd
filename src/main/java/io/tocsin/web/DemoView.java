package io.tocsin.web;

import java.time.Instant;
import java.util.List;

/** What the demo's page shows at an instant; bodies are pretty printed. */
public record DemoView(
    Instant now, List<DemoControls.Dependency> dependencies, List<DemoControls.Received> received) {
  public DemoView {
    dependencies = List.copyOf(dependencies);
    received = List.copyOf(received);
  }
}

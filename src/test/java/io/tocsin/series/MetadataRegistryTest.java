package io.tocsin.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataRegistryTest {
  private final MetadataRegistry registry = new MetadataRegistry(2);

  @Test
  void theLastWordOnAMetricCounts() {
    registry.learn(Map.of("up", new MetricMetadata("gauge", "old", "")));
    registry.learn(Map.of("up", new MetricMetadata("gauge", "new", "")));
    registry.learn(Map.of("up", MetricMetadata.NONE));
    assertThat(registry.of("up")).contains(new MetricMetadata("gauge", "new", ""));
  }

  @Test
  void itHoldsNoMoreThanItMay() {
    for (String name : new String[] {"a", "b", "c"}) {
      registry.learn(Map.of(name, new MetricMetadata("gauge", "x".repeat(5_000), "")));
    }
    assertThat(registry.all()).containsOnlyKeys("a", "b");
    assertThat(registry.all().get("a").help()).hasSize(MetadataRegistry.LONGEST);
  }
}

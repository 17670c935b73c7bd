package io.tocsin;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Expr;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.Selectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code prometheus/exporters.yaml}: who exports which series. */
record SeriesCatalogue(Map<?, ?> exporters) {

  static SeriesCatalogue read() throws IOException {
    return new SeriesCatalogue(
        (Map<?, ?>)
            new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("prometheus/exporters.yaml"))));
  }

  /** What one exporter exports. */
  List<String> of(String exporter) {
    var series = new ArrayList<String>();
    if (exporters.get(exporter) instanceof Map<?, ?> one
        && one.get("series") instanceof List<?> all) {
      all.forEach(name -> series.add(String.valueOf(name)));
    }
    return series;
  }

  /** What all of them export; each name once. */
  List<String> all() {
    var all = new ArrayList<String>();
    exporters.keySet().forEach(exporter -> all.addAll(of(String.valueOf(exporter))));
    return all;
  }

  /** The metrics that an expression reads. */
  static Set<String> metrics(Expr expr) {
    var names = new TreeSet<String>();
    for (Selectors.Reach reach : Selectors.of(expr, QueryLimits.DEFAULT.lookbackMillis())) {
      reach.matchers().stream()
          .filter(matcher -> matcher.name().equals(Labels.NAME))
          .filter(matcher -> matcher.op() == Matcher.Op.EQUAL)
          .map(Matcher::value)
          .forEach(names::add);
    }
    return names;
  }
}

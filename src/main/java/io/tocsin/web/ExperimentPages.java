package io.tocsin.web;

import io.tocsin.experiment.ExperimentResult;
import io.tocsin.experiment.ExperimentStore;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;

/** The page of experiments: what each has shown so far and what to do now. */
final class ExperimentPages {

  /** The newest are shown; each asks the database for its counts. */
  private static final int SHOWN = 50;

  private final ExperimentStore store;
  private final ConsolePage page;

  ExperimentPages(ExperimentStore store, ConsolePage page) {
    this.store = store;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/experiments", this::experiments);
  }

  private Reply experiments(Request request) {
    List<ExperimentView> views =
        store.all().stream()
            .limit(SHOWN)
            .map(
                experiment ->
                    new ExperimentView(
                        experiment,
                        ExperimentResult.of(experiment, store.tallies(experiment.name()))))
            .toList();
    return page.page(
        request, "console/experiments.jte", "Experiments", Map.of("experiments", views));
  }
}

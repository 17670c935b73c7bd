package io.tocsin;

import io.tocsin.http.Blocking;
import io.tocsin.http.QueryPool;
import io.tocsin.http.Routes;
import io.tocsin.incident.Incident;
import io.tocsin.model.health.HealthBoard;
import io.tocsin.rule.drift.Finding;
import io.tocsin.silence.SilenceBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What everything on the operations listener is built of. A new resource is a file and a line in
 * one of the mounts.
 */
record Mount(
    Server.Parts parts,
    Reload reload,
    SilenceBook silences,
    Blocking blocking,
    QueryPool queries,
    QueryPool computations,
    Gate gate,
    HealthBoard models) {

  Mount(
      Server.Parts parts,
      Reload reload,
      SilenceBook silences,
      Blocking blocking,
      QueryPool queries,
      QueryPool computations,
      Gate gate) {
    this(
        parts,
        reload,
        silences,
        blocking,
        queries,
        computations,
        gate,
        new HealthBoard(parts.models(), parts.engine().engine().alerts()));
  }

  /** How many queries run at the same time. */
  static final int QUERIES = 2;

  /** Everything but the console, in the order in which paths are matched. */
  List<Routes> routes(ServerExtras extras) {
    Instant started = parts.clock().instant();
    List<Routes> routes = new ArrayList<>(gate.routes());
    routes.addAll(new OwnMount(this, extras, started).routes());
    routes.addAll(new IngestMount(this).routes());
    routes.addAll(new CompatibleMount(this, started).routes());
    routes.addAll(new DeskMount(this).routes());
    routes.addAll(new WatchMount(this).routes());
    return routes;
  }

  AlertWitness witness() {
    var graphs = new AlertGraphs(parts.foundation().reader(), parts.engine().rules()::inForce);
    return new AlertWitness(parts.stores(), parts.engine(), graphs, parts.clock());
  }

  List<Finding> findings(Incident incident) {
    return IncidentFindings.of(
        parts.stores().findings(),
        incident,
        incident.resolvedAt().orElseGet(parts.clock()::instant));
  }

  /** 32 hex digits that nobody had before. */
  static String fresh() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}

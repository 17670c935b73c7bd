package io.tocsin;

import io.tocsin.probe.Check;
import io.tocsin.probe.HeartbeatProbe;
import io.tocsin.probe.Heartbeats;
import io.tocsin.web.CheckRow;
import io.tocsin.web.HeartbeatRow;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The checks that are dead-man's switches, with what was heard of each on this node. */
record HeartbeatBoard(CheckBoard board, Heartbeats heartbeats) {

  List<HeartbeatRow> rows() {
    Map<String, Check> checks = board.configured();
    return board.rows().get().stream()
        .flatMap(row -> Stream.ofNullable(checks.get(row.name())).flatMap(it -> row(row, it)))
        .toList();
  }

  private Stream<HeartbeatRow> row(CheckRow row, Check check) {
    if (!(check.probe() instanceof HeartbeatProbe probe)) {
      return Stream.empty();
    }
    return Stream.of(
        new HeartbeatRow(
            row,
            probe.every(),
            probe.grace(),
            heartbeats.last(probe.token()),
            heartbeats.since(probe.token())));
  }
}

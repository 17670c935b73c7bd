package io.tocsin.probe;

import io.tocsin.label.Labels;
import java.util.EnumMap;
import java.util.List;

/**
 * How long each phase of an HTTP exchange took, redirects added up, under the names of
 * blackbox_exporter's {@code probe_http_duration_seconds}. A phase that did not happen, or could
 * not be told from another, is left out: an address needs no lookup, and of a connection over TLS
 * we only hear once the handshake is over too, so neither its connect nor its tls is known.
 * Confined to the run's event loop.
 *
 * @see <a
 *     href="https://github.com/prometheus/blackbox_exporter/blob/master/prober/http.go">prober/http.go</a>
 */
final class HttpPhases {

  static final String METRIC = "probe_http_duration_seconds";

  /** In their order. */
  enum Phase {
    /** The name is looked up. */
    RESOLVE("resolve"),
    /** Until the TCP connection stands. */
    CONNECT("connect"),
    /** From the connection, over the request, to the head of the answer. */
    PROCESSING("processing"),
    /** From the head to the end of the body, or to where we stop reading. */
    TRANSFER("transfer");

    @SuppressWarnings("ImmutableEnumChecker") // labels are immutable
    private final Labels labels;

    Phase(String name) {
      labels = Labels.of("phase", name);
    }
  }

  private final EnumMap<Phase, Long> took = new EnumMap<>(Phase.class);
  private long mark;

  /** The next phase begins. */
  void from(long nanos) {
    mark = nanos;
  }

  /** A phase ends, and the next one begins. */
  void end(Phase phase, long nanos) {
    took.merge(phase, nanos - mark, Long::sum);
    mark = nanos;
  }

  /** In seconds, labelled {@code phase}. */
  List<Reading> readings() {
    return took.entrySet().stream()
        .map(phase -> new Reading(METRIC, phase.getKey().labels, phase.getValue() / 1e9))
        .toList();
  }
}

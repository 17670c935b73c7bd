package io.tocsin.probe;

import io.tocsin.access.OutboundGuard;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of a probe under way, confined to one event loop: what it may use, what it is doing, and
 * what must be closed when it is over, in time or not.
 */
public final class ProbeRun {

  private final Outside outside;
  private final Instant at;
  private final Duration timeout;
  private final Optional<OutboundGuard> outbound;
  private final long startedNanos;
  private final List<Runnable> closing = new ArrayList<>(2);
  private String step = "starting";
  private final HttpPhases phases = new HttpPhases();
  private boolean over;

  ProbeRun(Outside outside, Duration timeout, Optional<OutboundGuard> outbound) {
    this.outside = outside;
    this.at = outside.clock().instant();
    this.timeout = timeout;
    this.outbound = outbound;
    this.startedNanos = outside.nanos().getAsLong();
  }

  public Outside outside() {
    return outside;
  }

  /** When it began. */
  public Instant at() {
    return at;
  }

  public Duration timeout() {
    return timeout;
  }

  /** Since it began. */
  public Duration elapsed() {
    return Duration.ofNanos(outside.nanos().getAsLong() - startedNanos);
  }

  /** Judges addresses when the check was asked for by somebody we do not trust with our network. */
  public Optional<OutboundGuard> outbound() {
    return outbound;
  }

  /**
   * Where to connect to reach a host. Under a guard all its addresses are looked up and judged
   * first, and the one given back is one of them; it fails with an {@link AddressRefused}
   * otherwise.
   */
  public Future<SocketAddress> destination(String host, int port) {
    if (outbound.isEmpty()) {
      return Future.succeededFuture(SocketAddress.inetSocketAddress(port, host));
    }
    return outside
        .offLoop(() -> List.of(InetAddress.getAllByName(host)))
        .compose(
            addresses ->
                outbound
                    .get()
                    .refusal(addresses)
                    .map(reason -> Future.<SocketAddress>failedFuture(new AddressRefused(reason)))
                    .orElseGet(
                        () ->
                            Future.succeededFuture(
                                SocketAddress.inetSocketAddress(
                                    new InetSocketAddress(addresses.getFirst(), port)))));
  }

  /** The guard forbids to connect there. */
  static final class AddressRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    AddressRefused(String reason) {
      super(reason);
    }
  }

  /** Says what is under way, for the text of a timeout: {@code connecting to 10.0.0.1:80}. */
  public void step(String underWay) {
    step = underWay;
  }

  public String step() {
    return step;
  }

  /** What an exchange over HTTP took so far, by phase. */
  HttpPhases phases() {
    return phases;
  }

  /** The next phase of an exchange begins now. */
  void phaseBegins() {
    phases.from(outside.nanos().getAsLong());
  }

  /** A phase of an exchange ends now. */
  void phaseEnds(HttpPhases.Phase phase) {
    phases.end(phase, outside.nanos().getAsLong());
  }

  /** Whether it has ended, so that what arrives late is to be closed at once. */
  public boolean over() {
    return over;
  }

  /** Has something closed when the run is over; at once when it is over already. */
  public void closeAtEnd(Runnable close) {
    if (over) {
      close.run();
    } else {
      closing.add(close);
    }
  }

  /** Ends the run and closes what it opened. */
  void end() {
    over = true;
    closing.forEach(Runnable::run);
    closing.clear();
  }
}

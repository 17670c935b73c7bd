package io.tocsin.probe;

import io.tocsin.settings.Section;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Shakes hands over TLS and looks at the certificate: degraded when it ends soon, a failure when it
 * is not valid now, for this host, and from somebody we trust.
 *
 * @param address where to
 * @param tls whom to trust and when to warn
 */
record TlsProbe(HostPort address, TlsSettings tls) implements Probe {

  /**
   * How it is written in a check: {@code tls: {address: host[:443], warn_before: 14d, insecure,
   * ca_file}}.
   */
  static final ProbeKind KIND = new ProbeKind("tls", TlsProbe::read);

  private static final Duration WARN_BEFORE = Duration.ofDays(14);

  private static TlsProbe read(Section section) {
    HostPort address = HostPort.read(section, "address", 443);
    return new TlsProbe(address, TlsSettings.from(section, WARN_BEFORE));
  }

  @Override
  public String host() {
    return address.host();
  }

  @Override
  public Future<Finding> ask(ProbeRun run) {
    return TcpProbe.connect(run, address, Optional.of(tls))
        .map(socket -> finding(run.at(), TcpProbe.expiry(socket)));
  }

  private Finding finding(Instant now, Optional<Instant> expiry) {
    if (expiry.isEmpty()) {
      return Finding.failure("no certificate presented");
    }
    return tls.trouble(expiry, now)
        .orElseGet(
            () ->
                Finding.success("certificate ends in " + TlsSettings.remaining(now, expiry.get())))
        .withTlsExpiry(expiry);
  }
}

package io.tocsin.probe;

import io.tocsin.settings.Section;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * How far a TLS peer is trusted, and when its certificate's end begins to worry us.
 *
 * @param options for the client; the same instance each time, so its SSL context is built once
 * @param warnBefore degraded when less than this is left; zero never warns
 */
public record TlsSettings(ClientSSLOptions options, Duration warnBefore) {

  /** The JDK's authorities, the host's name verified, no warning. */
  static final TlsSettings DEFAULT = new TlsSettings(verifying(), Duration.ZERO);

  /**
   * Written as {@code tls: {insecure, ca_file, cert_file, key_file, warn_before}} beside a probe's
   * url.
   */
  static TlsSettings read(Section parent) {
    return parent.section("tls").map(section -> from(section, Duration.ZERO)).orElse(DEFAULT);
  }

  /** Reads the rest of a section. */
  static TlsSettings from(Section section, Duration warnBeforeOtherwise) {
    ClientSSLOptions options = verifying();
    if (section.flag("insecure", false)) {
      options.setTrustAll(true).setHostnameVerificationAlgorithm("");
    }
    section
        .optional("ca_file")
        .ifPresent(
            file ->
                options.setTrustOptions(
                    new PemTrustOptions().addCertValue(pem(section, "ca_file", file))));
    present(
        options,
        section,
        section.optional("cert_file").map(file -> pem(section, "cert_file", file)),
        section.optional("key_file").map(file -> pem(section, "key_file", file)));
    Duration warnBefore = section.duration("warn_before", warnBeforeOtherwise);
    section.done();
    return new TlsSettings(options, warnBefore);
  }

  /** Has a certificate of ours shown to who asks for one; both parts or none. */
  static void present(
      ClientSSLOptions options,
      Section section,
      Optional<Buffer> certificate,
      Optional<Buffer> key) {
    if (certificate.isPresent() != key.isPresent()) {
      throw section.problem(
          certificate.isPresent() ? "key_file" : "cert_file", "a certificate and its key");
    }
    if (certificate.isPresent() && key.isPresent()) {
      options.setKeyCertOptions(
          new PemKeyCertOptions().addCertValue(certificate.get()).addKeyValue(key.get()));
    }
  }

  private static Buffer pem(Section section, String key, String file) {
    try {
      return Buffer.buffer(Files.readAllBytes(Path.of(file)));
    } catch (IOException e) {
      throw section.problem(key, "a readable file of PEM");
    }
  }

  /** The JDK's authorities, the host's name verified. */
  static ClientSSLOptions verifying() {
    return new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
  }

  /** When the first certificate of a chain ends. */
  static Optional<Instant> expiry(Collection<Certificate> chain) {
    return chain.stream()
        .filter(X509Certificate.class::isInstance)
        .map(certificate -> ((X509Certificate) certificate).getNotAfter().toInstant())
        .min(Instant::compareTo);
  }

  /** What is wrong with a certificate's end as seen now; empty when nothing is. */
  Optional<Finding> trouble(Optional<Instant> expiry, Instant now) {
    return expiry
        .filter(end -> end.isBefore(now.plus(warnBefore)))
        .map(
            end ->
                end.isBefore(now)
                    ? Finding.failure("certificate ended " + end)
                    : Finding.degraded("certificate ends in " + remaining(now, end)));
  }

  /** Whether any certificate is taken, ended or not. */
  boolean insecure() {
    return options.isTrustAll();
  }

  static String remaining(Instant now, Instant end) {
    Duration left = Duration.between(now, end);
    return left.toDays() > 0 ? left.toDays() + " days" : left.toMinutes() + " minutes";
  }
}

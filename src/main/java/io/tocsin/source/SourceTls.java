package io.tocsin.source;

import io.tocsin.settings.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a source is trusted, and what we prove ourselves with to it; files of PEM.
 *
 * @param caFile certificates that are trusted instead of the JDK's
 * @param certFile our own certificate, with those between it and its authority
 * @param keyFile its private key, not encrypted; there when the certificate is
 * @param insecure whether any certificate is trusted
 */
public record SourceTls(
    Optional<String> caFile,
    Optional<String> certFile,
    Optional<String> keyFile,
    boolean insecure) {

  /** The JDK's authorities, and no certificate of ours. */
  public static final SourceTls PLAIN =
      new SourceTls(Optional.empty(), Optional.empty(), Optional.empty(), false);

  /** Reads {@code tls: {ca_file, cert_file, key_file, insecure}}. */
  static SourceTls read(Section section) {
    var tls =
        new SourceTls(
            section.optional("ca_file"),
            section.optional("cert_file"),
            section.optional("key_file"),
            section.flag("insecure", false));
    if (tls.certFile.isPresent() != tls.keyFile.isPresent()) {
      throw section.problem(
          tls.certFile.isPresent() ? "key_file" : "cert_file", "a certificate and its key");
    }
    section.done();
    return tls;
  }

  /** What stands in the files now; "" for one that cannot be read. */
  String contents() {
    return Stream.of(caFile, certFile, keyFile)
        .flatMap(Optional::stream)
        .map(SourceTls::content)
        .collect(Collectors.joining("\n"));
  }

  private static String content(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** Without what stands in the files. */
  @Override
  public String toString() {
    return "tls " + caFile.orElse("the JDK's authorities");
  }
}

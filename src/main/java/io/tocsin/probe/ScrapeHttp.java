package io.tocsin.probe;

import io.tocsin.settings.Section;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How we introduce ourselves to a target or a discovery, and how far we trust it; Prometheus'
 * {@code http_config}. Files with secrets are read when the configuration is.
 *
 * @param headers of each request, credentials among them
 * @param serverName the name that a certificate must have, when it is not the address' own
 * @param redirects how many are followed
 */
record ScrapeHttp(
    Map<String, String> headers, TlsSettings tls, Optional<String> serverName, int redirects) {

  private static final String AUTHORIZATION = "Authorization";
  private static final int MOST_REDIRECTS = 5;

  /** Headers are secrets. */
  @Override
  public String toString() {
    return "ScrapeHttp[" + headers.keySet() + "]";
  }

  /**
   * Reads {@code authorization, basic_auth, bearer_token, bearer_token_file, headers, http_headers,
   * tls_config, follow_redirects}, and our own {@code tls}.
   */
  static ScrapeHttp read(Section section) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(section.map("headers"));
    section.section("http_headers").ifPresent(named -> named(named, headers));
    section.section("basic_auth").ifPresent(auth -> basic(auth, headers));
    section
        .section("authorization")
        .ifPresent(
            auth -> {
              String type = auth.string("type", "Bearer");
              headers.put(AUTHORIZATION, type + " " + secret(auth, "credentials"));
              auth.done();
            });
    if (section.has("bearer_token") || section.has("bearer_token_file")) {
      headers.put(AUTHORIZATION, "Bearer " + secret(section, "bearer_token"));
    }
    boolean follow = section.flag("follow_redirects", true);
    section.flag("enable_http2", true);
    Optional<Section> tls = section.section("tls_config");
    Optional<String> serverName = tls.flatMap(one -> one.optional("server_name"));
    TlsSettings trust = tls.map(ScrapeHttp::trust).orElseGet(() -> TlsSettings.read(section));
    return new ScrapeHttp(Map.copyOf(headers), trust, serverName, follow ? MOST_REDIRECTS : 0);
  }

  /** A GET with these headers and more. */
  HttpExchange.Request get(URI url, Map<String, String> more, int bodyLimit) {
    var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(more);
    all.putAll(headers);
    return new HttpExchange.Request(
        HttpMethod.GET,
        url,
        all,
        Optional.empty(),
        redirects,
        bodyLimit,
        tls.options(),
        serverName);
  }

  private static void named(Section section, Map<String, String> headers) {
    for (String name : section.names()) {
      section
          .section(name)
          .ifPresent(
              one -> {
                var values = new ArrayList<>(one.strings("values"));
                values.addAll(one.strings("secrets"));
                one.strings("files").forEach(file -> values.add(read(one, "files", file)));
                headers.put(name, String.join(",", values));
                one.done();
              });
    }
  }

  private static void basic(Section auth, Map<String, String> headers) {
    String user = auth.has("username_file") ? secret(auth, "username") : auth.string("username");
    String password =
        auth.has("password") || auth.has("password_file") ? secret(auth, "password") : "";
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    headers.put(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(pair));
    auth.done();
  }

  /** The value of a key, or what stands in the file that {@code key_file} names. */
  private static String secret(Section section, String key) {
    Optional<String> file = section.optional(key + "_file");
    return file.isPresent() ? read(section, key + "_file", file.get()) : section.string(key);
  }

  private static String read(Section section, String key, String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw section.problem(key, "a readable file");
    }
  }

  private static TlsSettings trust(Section section) {
    var options = TlsSettings.verifying();
    if (section.flag("insecure_skip_verify", false)) {
      options.setTrustAll(true).setHostnameVerificationAlgorithm("");
    }
    pem(section, "ca", "ca_file")
        .ifPresent(ca -> options.setTrustOptions(new PemTrustOptions().addCertValue(ca)));
    TlsSettings.present(
        options, section, pem(section, "cert", "cert_file"), pem(section, "key", "key_file"));
    section.optional("server_name");
    section.done();
    return new TlsSettings(options, Duration.ZERO);
  }

  private static Optional<Buffer> pem(Section section, String inline, String fileKey) {
    Optional<String> file = section.optional(fileKey);
    Optional<String> text = section.optional(inline);
    return file.map(name -> read(section, fileKey, name)).or(() -> text).map(Buffer::buffer);
  }
}

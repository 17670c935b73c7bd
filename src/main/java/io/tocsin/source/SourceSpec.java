package io.tocsin.source;

import io.tocsin.settings.Section;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An engine elsewhere that answers rules: Prometheus, Mimir, Thanos, VictoriaMetrics, by
 * Prometheus' HTTP API.
 *
 * @param name as rule groups write it under {@code source:}
 * @param url what stands before {@code /api/v1/query}
 * @param headers sent with each request, {@code Authorization} among them; never shown
 * @param timeout of one query
 * @param tls whom we trust and what we show, where the address is one of https
 */
public record SourceSpec(
    String name, URI url, Map<String, String> headers, Duration timeout, SourceTls tls) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  public SourceSpec {
    headers = Map.copyOf(headers);
  }

  /** Reads {@code sources:}, a list. */
  public static List<SourceSpec> readAll(Section top) {
    var sources = new ArrayList<SourceSpec>();
    var names = new TreeSet<String>();
    for (Section section : top.sections("sources")) {
      SourceSpec source = read(section);
      if (!names.add(source.name)) {
        throw section.problem("name", "a name of its own");
      }
      sources.add(source);
    }
    return List.copyOf(sources);
  }

  private static SourceSpec read(Section section) {
    String name = section.string("name");
    if (name.isBlank()) {
      throw section.problem("name", "a name");
    }
    URI url = url(section);
    var headers = new LinkedHashMap<>(section.map("headers"));
    authorization(section).ifPresent(text -> headers.put("Authorization", text));
    Duration timeout = section.duration("timeout", TIMEOUT);
    if (!timeout.isPositive() || timeout.compareTo(Duration.ofMinutes(2)) > 0) {
      throw section.problem("timeout", "a duration above 0s and up to 2m");
    }
    SourceTls tls = SourceTls.read(section.part("tls"));
    section.done();
    return new SourceSpec(name, url, headers, timeout, tls);
  }

  private static URI url(Section section) {
    try {
      URI url = URI.create(section.string("url").replaceAll("/+$", ""));
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // said below, in the same words as any other wrong address
    }
    throw section.problem("url", "an address such as https://mimir.example.com/prometheus");
  }

  private static Optional<String> authorization(Section section) {
    Optional<String> bearer = bearer(section).map(token -> "Bearer " + token);
    Optional<Section> basic = section.section("basic_auth");
    if (bearer.isPresent() && basic.isPresent()) {
      throw section.problem("basic_auth", "a bearer_token beside it", "one of the two");
    }
    if (basic.isEmpty()) {
      return bearer;
    }
    String pair = basic.get().string("username") + ":" + basic.get().string("password");
    basic.get().done();
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return Optional.of("Basic " + encoded);
  }

  /** A file with the token is read with each configuration, so that a reload takes a new one. */
  private static Optional<String> bearer(Section section) {
    Optional<String> token = section.optional("bearer_token");
    Optional<String> file = section.optional("bearer_token_file");
    if (token.isPresent() && file.isPresent()) {
      throw section.problem("bearer_token_file", "a bearer_token beside it", "one of the two");
    }
    if (file.isEmpty()) {
      return token;
    }
    try {
      return Optional.of(Files.readString(Path.of(file.get())).strip());
    } catch (IOException e) {
      throw section.problem("bearer_token_file", "a readable file");
    }
  }

  /** Without what it proves itself with. */
  @Override
  public String toString() {
    return "source " + name + " at " + url;
  }
}

package io.tocsin.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * Terms under which something is shipped with Tocsin.
 *
 * @param what as {@code group:artifact}
 * @param terms as SPDX names them
 */
public record Licence(String what, String terms) {

  private static final String FILE = "/licences.txt";

  /** Those of everything inside the jar, by name. */
  public static List<Licence> shipped() {
    try (InputStream in = Objects.requireNonNull(Licence.class.getResourceAsStream(FILE), FILE)) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .map(parts -> new Licence(parts[0], parts[1]))
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

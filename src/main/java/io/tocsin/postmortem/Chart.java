package io.tocsin.postmortem;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A drawing that a post-mortem refers to by its name.
 *
 * @param name file name, as in {@code chart-1.svg}
 * @param svg a whole SVG document
 */
public record Chart(String name, String svg) {

  /** The drawing itself as an address, for a document that is one file. */
  public String address() {
    return "data:image/svg+xml;base64,"
        + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
  }
}

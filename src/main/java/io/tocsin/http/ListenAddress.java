package io.tocsin.http;

/**
 * Where a listener listens.
 *
 * @param host address or name to bind
 * @param port 0 picks a free one
 */
public record ListenAddress(String host, int port) {

  public ListenAddress {
    if (host.isBlank()) {
      throw new IllegalArgumentException("expected an address to listen on, found nothing");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("expected a port from 0 to 65535, found " + port);
    }
  }

  /**
   * Reads {@code 127.0.0.1:9110}, {@code localhost:9110} or {@code [::1]:9110}.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (colon < 0 || (host.contains(":") && !bracketed)) {
      throw new IllegalArgumentException("expected host:port, found \"" + text + "\"");
    }
    try {
      return new ListenAddress(
          bracketed ? host.substring(1, host.length() - 1) : host,
          Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected host:port, found \"" + text + "\"", e);
    }
  }

  /** Whether only this machine can reach it. */
  public boolean loopback() {
    return HostGuard.isLoopback(host);
  }

  /** As a person opens it. */
  public String url() {
    return "http://" + this + "/";
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}

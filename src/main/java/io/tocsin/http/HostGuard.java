package io.tocsin.http;

import io.netty.util.NetUtil;
import io.vertx.core.Handler;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers 421 unless a request's {@code Host} is loopback, a configured name, or the very address
 * it arrived at. A page that rebinds its own name to our address still sends its own name, so it
 * gets nothing.
 */
final class HostGuard implements Handler<RoutingContext> {

  private final Set<String> names;

  /**
   * @param names host names without port by which this listener is reached
   */
  HostGuard(List<String> names) {
    this.names =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void handle(RoutingContext context) {
    HostAndPort authority = context.request().authority();
    String host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    if (!welcome(host, context.request().localAddress())) {
      throw ProblemException.of(
          421,
          "this listener is not known as \""
              + host
              + "\"; expected a loopback name or one of the configured hosts");
    }
    context.next();
  }

  private boolean welcome(String host, SocketAddress local) {
    return isLoopback(host) || names.contains(host) || bare(host).equals(local.hostAddress());
  }

  /** Whether a host is this machine by name or literal address; nothing is resolved. */
  static boolean isLoopback(String host) {
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      return true;
    }
    byte[] address = NetUtil.createByteArrayFromIpAddressString(bare(host));
    try {
      return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes", e);
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}

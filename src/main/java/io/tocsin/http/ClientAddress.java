package io.tocsin.http;

import io.tocsin.access.Network;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * From where a request comes: the address that connected, unless that is a proxy we trust; then the
 * last entry of {@code X-Forwarded-For} that is none.
 *
 * @param proxies whose word is taken
 */
public record ClientAddress(List<Network> proxies) {

  private static final int MOST_HOPS = 10;

  /** Nobody's word is taken. */
  public static final ClientAddress DIRECT = new ClientAddress(List.of());

  public ClientAddress {
    proxies = List.copyOf(proxies);
  }

  /** The address as digits; {@code ""} when the connection is gone. */
  public String of(RoutingContext context) {
    SocketAddress remote = context.request().remoteAddress();
    String address = remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
    String header = context.request().getHeader("X-Forwarded-For");
    if (header == null || proxies.isEmpty()) {
      return address;
    }
    String[] hops = header.split(",");
    for (int i = hops.length - 1; i >= Math.max(0, hops.length - MOST_HOPS); i--) {
      if (!trusted(address)) {
        break;
      }
      String hop = hops[i].strip();
      if (Network.literal(hop).isEmpty()) {
        break;
      }
      address = hop;
    }
    return address;
  }

  private boolean trusted(String address) {
    Optional<byte[]> bytes = Network.literal(address);
    return bytes.isPresent() && proxies.stream().anyMatch(it -> it.contains(bytes.get()));
  }
}

package io.tocsin.access;

import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps requests that somebody asked for over the API away from our own machine and network: a
 * check or receiver whose address was typed in by a person may reach the public Internet only, and
 * what the operator has allowed.
 *
 * <p>A name is judged by its addresses, all of them, and the connection must then go to one of the
 * addresses judged: a second look-up may answer otherwise. Redirects are judged anew.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA IPv4</a> and <a
 *     href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6 special-purpose
 *     address registries</a> (RFC 6890)
 */
public final class OutboundGuard {

  private static final Set<String> SCHEMES = Set.of("http", "https");

  private static final List<Network> SPECIAL =
      List.of(
          Network.parse("0.0.0.0/8", "this host"),
          Network.parse("127.0.0.0/8", "loopback"),
          Network.parse("10.0.0.0/8", "private"),
          Network.parse("172.16.0.0/12", "private"),
          Network.parse("192.168.0.0/16", "private"),
          Network.parse("100.64.0.0/10", "shared"),
          Network.parse("169.254.0.0/16", "link-local"),
          Network.parse("192.0.0.0/24", "protocol assignments"),
          Network.parse("192.0.2.0/24", "documentation"),
          Network.parse("198.51.100.0/24", "documentation"),
          Network.parse("203.0.113.0/24", "documentation"),
          Network.parse("198.18.0.0/15", "benchmarking"),
          Network.parse("168.63.129.16", "cloud metadata"),
          Network.parse("224.0.0.0/4", "multicast"),
          Network.parse("240.0.0.0/4", "reserved"),
          Network.parse("::/128", "this host"),
          Network.parse("::1/128", "loopback"),
          Network.parse("64:ff9b:1::/48", "local translation"),
          Network.parse("100::/64", "discard"),
          Network.parse("2001::/23", "protocol assignments"),
          Network.parse("2001:db8::/32", "documentation"),
          Network.parse("3fff::/20", "documentation"),
          Network.parse("5f00::/16", "segment routing"),
          Network.parse("fc00::/7", "private"),
          Network.parse("fe80::/10", "link-local"),
          Network.parse("fec0::/10", "site-local"),
          Network.parse("ff00::/8", "multicast"));

  /** IPv6 networks that carry an IPv4 address, and the byte at which it starts. */
  private record Embedding(Network network, int offset) {}

  private static final List<Embedding> EMBEDDINGS =
      List.of(
          new Embedding(Network.parse("::/96", "IPv4-compatible"), 12),
          new Embedding(Network.parse("64:ff9b::/96", "NAT64"), 12),
          new Embedding(Network.parse("2002::/16", "6to4"), 2));

  private final List<Network> allowed;

  private OutboundGuard(List<Network> allowed) {
    this.allowed = allowed;
  }

  /**
   * A guard with exceptions.
   *
   * @param networks addresses or networks in CIDR notation that may be reached although they are
   *     not public
   * @throws IllegalArgumentException when one is malformed; the text says what was found
   */
  public static OutboundGuard allowing(Collection<String> networks) {
    return new OutboundGuard(
        networks.stream().map(text -> Network.parse(text, "allowed")).toList());
  }

  /** Why a URL may not be reached, given all addresses of its host; empty when it may. */
  public Optional<String> refusal(URI url, Collection<InetAddress> addresses) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      return Optional.of("scheme: found \"" + scheme + "\", expected http or https");
    }
    if (url.getRawUserInfo() != null) {
      return Optional.of("a URL with user information is not allowed");
    }
    return refusal(addresses);
  }

  /** Why a host may not be reached, given all its addresses; empty when it may. */
  public Optional<String> refusal(Collection<InetAddress> addresses) {
    if (addresses.isEmpty()) {
      return Optional.of("the host has no address");
    }
    return addresses.stream().map(this::refusal).flatMap(Optional::stream).findFirst();
  }

  /** Why an address may not be reached; empty when it may. */
  public Optional<String> refusal(InetAddress address) {
    return refusal(address.getAddress())
        .map(kind -> "address " + address.getHostAddress() + " is not allowed (" + kind + ")");
  }

  private Optional<String> refusal(byte[] address) {
    if (allowed.stream().anyMatch(network -> network.contains(address))) {
      return Optional.empty();
    }
    for (Network network : SPECIAL) {
      if (network.contains(address)) {
        return Optional.of(network.kind());
      }
    }
    for (Embedding embedding : EMBEDDINGS) {
      if (embedding.network().contains(address)) {
        return refusal(Arrays.copyOfRange(address, embedding.offset(), embedding.offset() + 4));
      }
    }
    return Optional.empty();
  }
}

package io.tocsin.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of addresses in CIDR notation, with a word for it. */
public final class Network {

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private final byte[] base;
  private final int bits;
  private final String kind;

  private Network(byte[] base, int bits, String kind) {
    this.base = base;
    this.bits = bits;
    this.kind = kind;
  }

  /**
   * Reads {@code 10.1.0.0/16}, {@code fd12::/16} or a single address.
   *
   * @throws IllegalArgumentException when it is malformed; the text says what was found
   */
  public static Network parse(String text, String kind) {
    String[] parts = text.split("/", 2);
    byte[] base = literal(parts[0]).orElseThrow(() -> malformed(text));
    int bits = base.length * 8;
    if (parts.length == 2) {
      try {
        bits = Integer.parseInt(parts[1]);
      } catch (NumberFormatException e) {
        throw malformed(text);
      }
    }
    if (bits < 0 || bits > base.length * 8) {
      throw malformed(text);
    }
    return new Network(base, bits, kind);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "found " + text + ", expected an address or a network such as 10.1.0.0/16 or fd12::/16");
  }

  /** The word for it. */
  public String kind() {
    return kind;
  }

  /** Whether an address of 4 or 16 bytes lies in it. */
  public boolean contains(byte[] address) {
    if (address.length != base.length) {
      return false;
    }
    int whole = bits / 8;
    int rest = bits % 8;
    return Arrays.equals(address, 0, whole, base, 0, whole)
        && (rest == 0 || ((address[whole] ^ base[whole]) & 0xff) >>> (8 - rest) == 0);
  }

  /** The bytes of an address written as digits; empty for anything that would need a look-up. */
  public static Optional<byte[]> literal(String text) {
    if (!IPV4.matcher(text).matches() && text.indexOf(':') < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}

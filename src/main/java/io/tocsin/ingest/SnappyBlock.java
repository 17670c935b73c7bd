package io.tocsin.ingest;

import java.io.IOException;
import org.xerial.snappy.Snappy;

/** A snappy block, as remote write sends it; its declared length is checked before it is read. */
final class SnappyBlock {
  /** Reads {@code bytes[0, length)}, which are not its own to keep. */
  interface Reading {
    Decoded read(byte[] bytes, int length);
  }

  private SnappyBlock() {}

  /** Hands what a block holds to a reader, in an array that is used again afterwards. */
  static Decoded read(byte[] body, IngestLimits limits, Reading reading) {
    byte[] decoded = Buffers.SHARED.borrow(declared(body, limits));
    try {
      return reading.read(decoded, decompress(body, decoded));
    } finally {
      Buffers.SHARED.giveBack(decoded);
    }
  }

  private static int declared(byte[] body, IngestLimits limits) {
    try {
      int declared = Snappy.uncompressedLength(body, 0, body.length);
      limits.checkDecoded(declared);
      return declared;
    } catch (IOException e) {
      throw notSnappy(e);
    }
  }

  private static int decompress(byte[] body, byte[] into) {
    try {
      return Snappy.uncompress(body, 0, body.length, into, 0);
    } catch (IOException e) {
      throw notSnappy(e);
    }
  }

  private static MalformedInput notSnappy(IOException why) {
    return new MalformedInput("body: not a snappy block: " + why.getMessage());
  }
}

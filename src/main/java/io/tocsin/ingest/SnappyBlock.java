package io.tocsin.ingest;

import java.io.IOException;
import org.xerial.snappy.Snappy;

/** A snappy block, as remote write sends it; its declared length is checked before it is read. */
final class SnappyBlock {

  private SnappyBlock() {}

  static byte[] decompressed(byte[] body, IngestLimits limits) {
    try {
      int declared = Snappy.uncompressedLength(body, 0, body.length);
      limits.checkDecoded(declared);
      var decoded = new byte[declared];
      Snappy.uncompress(body, 0, body.length, decoded, 0);
      return decoded;
    } catch (IOException e) {
      throw new MalformedInput("body: not a snappy block: " + e.getMessage());
    }
  }
}

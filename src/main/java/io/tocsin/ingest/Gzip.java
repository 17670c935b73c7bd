package io.tocsin.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Gzip, read up to a limit and not a byte further. */
public final class Gzip {

  private Gzip() {}

  /**
   * The bytes within.
   *
   * @throws MalformedInput when it is no gzip or grows beyond what is taken
   */
  public static byte[] decompressed(byte[] body, IngestLimits limits) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(body), 8192)) {
      byte[] plain = new byte[Math.min(limits.decodedBytes(), Math.max(1024, body.length * 4))];
      int size = 0;
      while (true) {
        int read = in.read(plain, size, plain.length - size);
        if (read < 0) {
          return Arrays.copyOf(plain, size);
        }
        size += read;
        if (size == plain.length) {
          plain = grown(plain, in, limits);
          if (plain.length == size) {
            return plain;
          }
          size++;
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new MalformedInput("body: not gzip: " + e.getMessage());
    }
  }

  /** Twice as large and one byte further, or the same when there is no more. */
  private static byte[] grown(byte[] full, GZIPInputStream in, IngestLimits limits)
      throws IOException {
    int next = in.read();
    if (next < 0) {
      return full;
    }
    limits.checkDecoded(full.length + 1);
    byte[] larger = Arrays.copyOf(full, (int) Math.min(limits.decodedBytes(), full.length * 2L));
    larger[full.length] = (byte) next;
    return larger;
  }
}

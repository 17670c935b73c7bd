package io.tocsin.http;

import io.tocsin.ingest.Gzip;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.MalformedInput;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/**
 * The plain bytes of request bodies, gzip or not, so many at a time: what is under way together is
 * bounded, and a request beyond the bound is asked to come again.
 */
final class IntakeBody {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** Permits are of so many bytes. */
  private static final int GRAIN = 1024;

  private final IngestLimits limits;
  private final Semaphore room;
  private final int most;

  /**
   * @param decodedBytes the most one body may have after decompression
   * @param bytesAtOnce the most all bodies under way may have
   */
  IntakeBody(int decodedBytes, int bytesAtOnce) {
    this.limits = IngestLimits.DEFAULT.withBodies(decodedBytes);
    this.most = bytesAtOnce / GRAIN;
    this.room = new Semaphore(most);
  }

  /** Work on the plain bytes. */
  interface Work<T> {
    T on(byte[] plain) throws Exception;
  }

  /**
   * Reserves room for the body and says how to work on it; the room is free again after the work.
   *
   * @throws ProblemException 429 when there is no room
   */
  <T> Callable<T> reserve(Request request, Work<T> work) {
    boolean gzip = isGzip(request);
    byte[] body = request.body().getBytes();
    int permits = Math.min(most, expected(body, gzip) / GRAIN + 1);
    if (!room.tryAcquire(permits)) {
      throw ProblemException.tooMany("too many rows are being read, come again soon", AGAIN);
    }
    return () -> {
      try {
        return work.on(plain(body, gzip));
      } finally {
        room.release(permits);
      }
    };
  }

  /** Bytes of the body when it is plain, as far as it says. */
  private int expected(byte[] body, boolean gzip) {
    if (!gzip || body.length < 18) {
      return body.length;
    }
    // RFC 1952: the last four bytes are the size of the input, modulo 2^32.
    int end = body.length;
    long size =
        (body[end - 4] & 0xffL)
            | (body[end - 3] & 0xffL) << 8
            | (body[end - 2] & 0xffL) << 16
            | (body[end - 1] & 0xffL) << 24;
    return Math.clamp(size, body.length, Math.max(body.length, limits.decodedBytes()));
  }

  private byte[] plain(byte[] body, boolean gzip) {
    if (!gzip) {
      return body;
    }
    try {
      return Gzip.decompressed(body, limits);
    } catch (MalformedInput e) {
      throw ProblemException.of(e.isTooLarge() ? 413 : 400, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isGzip(Request request) {
    String encoding = request.header("Content-Encoding").toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "gzip", "x-gzip" -> true;
      case "", "identity" -> false;
      default ->
          throw ProblemException.of(
              415, "Content-Encoding: found \"" + encoding + "\", expected gzip or none");
    };
  }
}

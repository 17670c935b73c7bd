package io.tocsin.ingest;

import java.time.Duration;

/**
 * What a write may ask of us.
 *
 * @param bodyBytes bytes of a request body as received
 * @param decodedBytes bytes of a request body after decompression
 * @param samples samples in one request
 * @param labels labels of one series, the metric name included
 * @param nameLength characters of a label or metric name
 * @param valueLength characters of a label value
 * @param ahead how far a timestamp may lie in the future; one far ahead would make every sample
 *     after it too old
 */
public record IngestLimits(
    int bodyBytes,
    int decodedBytes,
    int samples,
    int labels,
    int nameLength,
    int valueLength,
    Duration ahead) {

  /**
   * 16 MiB, 64 MiB decompressed, a million samples, 64 labels, names of 512, values of 2048, a day
   * ahead.
   */
  public static final IngestLimits DEFAULT =
      new IngestLimits(16 << 20, 64 << 20, 1_000_000, 64, 512, 2048, Duration.ofDays(1));

  /** The same with bodies of this size, compressed or not. */
  public IngestLimits withBodies(int bytes) {
    return new IngestLimits(bytes, bytes, samples, labels, nameLength, valueLength, ahead);
  }

  /** Refuses a body that is larger than we take. */
  void checkBody(int length) {
    if (length > bodyBytes) {
      throw MalformedInput.tooLarge("bytes of the body", length, bodyBytes);
    }
  }

  /** Refuses a body that would be too large when decompressed. */
  void checkDecoded(int length) {
    if (length > decodedBytes) {
      throw MalformedInput.tooLarge("bytes of the decompressed body", length, decodedBytes);
    }
  }

  /** Refuses one sample too many. */
  void checkSamples(int count) {
    if (count > samples) {
      throw MalformedInput.tooLarge("samples in the request", count, samples);
    }
  }
}

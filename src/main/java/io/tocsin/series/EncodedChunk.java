package io.tocsin.series;

import io.tocsin.label.Labels;
import java.util.Optional;

/**
 * Up to a few hundred samples of one series in a self-contained compressed form, as a checkpoint
 * stores them. The bytes are a Prometheus XOR chunk (see {@code ChunkFormat} for its sources).
 *
 * @param labels the series
 * @param startMillis timestamp of the first sample
 * @param endMillis timestamp of the last sample
 * @param count number of samples, at least one
 * @param bytes the encoded samples; never changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are told apart by the samples in them
public record EncodedChunk(
    Labels labels, long startMillis, long endMillis, int count, byte[] bytes) {

  /**
   * A chunk from its bytes alone.
   *
   * @throws IllegalArgumentException when they are not a chunk
   */
  public static EncodedChunk of(Labels labels, byte[] bytes) {
    if (bytes.length < ChunkFormat.HEADER || ChunkFormat.count(bytes, 0) == 0) {
      throw new IllegalArgumentException("corrupt chunk: no samples in " + bytes.length + " bytes");
    }
    int count = ChunkFormat.count(bytes, 0);
    var points = new Points(count);
    ChunkFormat.decode(bytes, 0, bytes.length, count, Long.MIN_VALUE, Long.MAX_VALUE, points);
    return new EncodedChunk(
        labels, points.timestamp(0), points.timestamp(points.size() - 1), count, bytes);
  }

  /** Encodes at most 65,535 points in order of time. */
  static byte[] encode(Points points) {
    var chunk = new HeadChunk(points.timestamp(0), points.value(0));
    for (int i = 1; i < points.size(); i++) {
      chunk.append(points.timestamp(i), points.value(i));
    }
    return chunk.encoded(chunk.count(), chunk.bits());
  }

  /**
   * Adds the points in {@code (after, until]}.
   *
   * @throws IllegalArgumentException when the bytes are not a chunk
   */
  Points read(long after, long until) {
    var points = new Points(count);
    ChunkFormat.decode(bytes, 0, bytes.length, count, after, until, points);
    return points;
  }

  /** What is left without the samples in {@code [from, to]}; this one when it has none there. */
  public Optional<EncodedChunk> without(long from, long to) {
    if (to < startMillis || from > endMillis) {
      return Optional.of(this);
    }
    Points all = read(Long.MIN_VALUE, Long.MAX_VALUE);
    Points kept = all.without(from, to);
    if (kept.size() == all.size()) {
      return Optional.of(this);
    }
    return kept.size() == 0 ? Optional.empty() : Optional.of(of(labels, encode(kept)));
  }
}

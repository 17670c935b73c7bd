package io.tocsin.series;

import io.tocsin.label.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Up to a few hundred samples of one series in a self-contained compressed form, as a checkpoint
 * stores them. The bytes are a Prometheus XOR chunk (see {@code ChunkFormat} for its sources) or,
 * where that is smaller, integers (see {@code IntegerChunk}).
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
    if (IntegerChunk.is(bytes)) {
      return of(labels, bytes, IntegerChunk.count(bytes));
    }
    if (bytes.length < ChunkFormat.HEADER || ChunkFormat.count(bytes, 0) == 0) {
      throw new IllegalArgumentException("corrupt chunk: no samples in " + bytes.length + " bytes");
    }
    return of(labels, bytes, ChunkFormat.count(bytes, 0));
  }

  private static EncodedChunk of(Labels labels, byte[] bytes, int count) {
    var points = new Points(count);
    decode(bytes, count, Long.MIN_VALUE, Long.MAX_VALUE, points);
    return new EncodedChunk(
        labels, points.timestamp(0), points.timestamp(points.size() - 1), count, bytes);
  }

  private static void decode(byte[] bytes, int count, long after, long until, Points points) {
    if (IntegerChunk.is(bytes)) {
      IntegerChunk.decode(bytes, after, until, points);
    } else {
      ChunkFormat.decode(bytes, 0, bytes.length, count, after, until, points);
    }
  }

  /**
   * Chunks of one series, in the order in which they were written, as few that do not overlap: of
   * equal timestamps the one of the later chunk counts.
   *
   * @param most samples in a chunk, at most 65,535
   */
  public static List<EncodedChunk> merged(Labels labels, List<EncodedChunk> inOrder, int most) {
    var all = new Points(0);
    for (EncodedChunk chunk : inOrder) {
      all = all.mergedWith(chunk.read(Long.MIN_VALUE, Long.MAX_VALUE));
    }
    var chunks = new ArrayList<EncodedChunk>();
    for (int from = 0; from < all.size(); from += most) {
      int to = Math.min(all.size(), from + most);
      byte[] bytes = smallest(all, from, to);
      chunks.add(
          new EncodedChunk(labels, all.timestamp(from), all.timestamp(to - 1), to - from, bytes));
    }
    return chunks;
  }

  private static byte[] smallest(Points points, int from, int to) {
    byte[] xor = encode(points, from, to);
    return IntegerChunk.encode(points, from, to)
        .filter(integers -> integers.length < xor.length)
        .orElse(xor);
  }

  /** Encodes at most 65,535 points in order of time. */
  static byte[] encode(Points points) {
    return encode(points, 0, points.size());
  }

  private static byte[] encode(Points points, int from, int to) {
    var chunk = new HeadChunk(points.timestamp(from), points.value(from));
    for (int i = from + 1; i < to; i++) {
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
    decode(bytes, count, after, until, points);
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

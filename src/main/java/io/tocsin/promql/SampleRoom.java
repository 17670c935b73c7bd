package io.tocsin.promql;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Room for the samples of all queries under way together, so that several large ones at once do not
 * fill the heap. Safe for many threads.
 */
public final class SampleRoom {
  /** A sample is a timestamp and a value. */
  private static final int BYTES = 16;

  /** As much as anybody likes. */
  static final SampleRoom UNBOUNDED = new SampleRoom(Long.MAX_VALUE);

  private final long most;
  private final AtomicLong held = new AtomicLong();

  /**
   * @param most samples
   */
  public SampleRoom(long most) {
    this.most = most;
  }

  /** Half of a heap of so many bytes. */
  public static SampleRoom inHeap(long bytes) {
    return new SampleRoom(bytes / 2 / BYTES);
  }

  /** Samples held by queries now. */
  public long held() {
    return held.get();
  }

  /** Counts more samples; the one who is refused gives them back with all others of its own. */
  void take(long more) {
    if (most == Long.MAX_VALUE || more == 0) {
      return;
    }
    if (held.addAndGet(more) > most && more > 0) {
      throw new QueryProblem(
          QueryProblem.Kind.TOO_MANY_SAMPLES,
          "query processing would load too many samples into memory in query execution: all queries"
              + " together more than "
              + most
              + ", which is half of the heap");
    }
  }

  void leave(long samples) {
    if (most != Long.MAX_VALUE) {
      held.addAndGet(-samples);
    }
  }
}

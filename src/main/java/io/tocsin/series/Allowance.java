package io.tocsin.series;

/**
 * What a reader may load for somebody. It asks before each piece, so that a question that is too
 * large ends while it is still small in memory; whoever allows throws when it is enough.
 */
public interface Allowance {
  /** Everything. */
  Allowance UNBOUNDED =
      new Allowance() {
        @Override
        public void series(int more) {}

        @Override
        public void samples(long more) {}
      };

  /** So many series were found whose samples are about to be read. */
  void series(int more);

  /**
   * So many more samples are held; fewer than 0 when some were given up, and none to ask whether
   * the answer is still waited for.
   */
  void samples(long more);
}

package io.tocsin.rule.drift;

import java.util.ArrayList;
import java.util.List;

/**
 * What a confidence is worth: the share of right answers at it, never falling with confidence.
 *
 * <p>Source: M. Ayer and others, An empirical distribution function for sampling with incomplete
 * information, Annals of Mathematical Statistics 26, 1955 (pool adjacent violators).
 */
final class CalibrationCurve {

  private record Block(double confidence, double rows, double right) {
    double share() {
      return right / rows;
    }

    double middle() {
      return confidence / rows;
    }

    Block plus(Block other) {
      return new Block(confidence + other.confidence, rows + other.rows, right + other.right);
    }
  }

  private final List<Block> blocks;

  private CalibrationCurve(List<Block> blocks) {
    this.blocks = blocks;
  }

  static CalibrationCurve of(List<ModelHistory.Bin> bins) {
    var blocks = new ArrayList<Block>();
    for (ModelHistory.Bin bin : bins) {
      if (bin.rows() > 0) {
        blocks.add(new Block(bin.confidence(), bin.rows(), bin.right()));
        while (blocks.size() > 1
            && blocks.get(blocks.size() - 2).share() > blocks.getLast().share()) {
          Block last = blocks.removeLast();
          blocks.add(blocks.removeLast().plus(last));
        }
      }
    }
    return new CalibrationCurve(blocks);
  }

  /** Linear between the blocks' mean confidences, level beyond them. */
  double at(double confidence) {
    if (blocks.isEmpty()) {
      return confidence;
    }
    Block below = blocks.getFirst();
    for (Block block : blocks) {
      if (block.middle() >= confidence) {
        double width = block.middle() - below.middle();
        return width <= 0
            ? block.share()
            : below.share()
                + (block.share() - below.share()) * (confidence - below.middle()) / width;
      }
      below = block;
    }
    return below.share();
  }
}

package io.tocsin.model.report;

import java.util.List;

/** A headed part of a report for people. */
record Part(String title, List<Block> blocks) {

  Part {
    blocks = List.copyOf(blocks);
  }

  static Part of(String title, Block... blocks) {
    return new Part(title, List.of(blocks));
  }
}

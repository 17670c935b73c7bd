package io.tocsin.model.report;

import java.util.List;

/** A piece of a report for people, whatever it is written in: foreign text stands in it raw. */
sealed interface Block {

  /** How a cell is meant. */
  enum Tone {
    PLAIN,
    GOOD,
    WARNING,
    BAD,
    FAINT
  }

  /** A table's cell. */
  record Cell(String text, Tone tone) {
    static Cell of(String text) {
      return new Cell(text, Tone.PLAIN);
    }
  }

  /** A paragraph. */
  record Text(String words) implements Block {}

  /** Lines of a list. */
  record Items(List<String> lines) implements Block {
    public Items {
      lines = List.copyOf(lines);
    }
  }

  /** A table; the first column holds names, the others figures. */
  record Table(List<String> heads, List<List<Cell>> rows) implements Block {
    public Table {
      heads = List.copyOf(heads);
      rows = List.copyOf(rows);
    }
  }

  /**
   * Bars side by side under each other.
   *
   * @param name of what the labels are
   * @param unit of what the words are
   */
  record Bars(String name, String unit, List<Bar> bars) implements Block {
    public Bars {
      bars = List.copyOf(bars);
    }
  }

  /** A bar whose length is a share of the longest, 0-1. */
  record Bar(String label, double length, String words) {}

  /**
   * Columns of days, oldest first.
   *
   * @param caption says from what to what the heights go
   * @param heights 0-1; negative for a day without a figure
   * @param words of each day
   */
  record Columns(String caption, List<Double> heights, List<String> words) implements Block {
    public Columns {
      heights = List.copyOf(heights);
      words = List.copyOf(words);
    }
  }
}

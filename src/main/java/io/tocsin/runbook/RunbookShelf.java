package io.tocsin.runbook;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages at hand, full-text search over them, and what readers think of each. May block. */
public interface RunbookShelf {

  /**
   * A page that a search found.
   *
   * @param excerpt where, the words found between {@code **}
   */
  record Hit(Runbook page, String excerpt) {}

  /** What readers said. */
  record Votes(long helpful, long unhelpful) {
    /** Nobody said anything. */
    public static final Votes NONE = new Votes(0, 0);
  }

  /** Every page, by name. */
  List<Runbook> all();

  Optional<Runbook> find(String name);

  /** Pages with all the words, best first, at most 50; quotes and minus signs as on the web. */
  List<Hit> search(String words);

  /** From now on these pages and no others are at hand; votes stay. */
  void replace(List<Runbook> pages);

  /** Counts whether a page helped; of one person and page the last word of a day counts. */
  void vote(String name, String person, boolean helpful);

  /** The votes of pages that have any. */
  Map<String, Votes> votes();
}

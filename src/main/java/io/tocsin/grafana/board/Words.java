package io.tocsin.grafana.board;

import io.tocsin.grafana.Colour;
import io.tocsin.grafana.Panel.Word;
import java.util.Map;

/** What the values of states mean, in the words of our own pages. */
final class Words {

  /** Of {@code check_verdict}. */
  static final Map<Integer, Word> VERDICT =
      Map.of(
          0, new Word("up", Colour.GOOD),
          1, new Word("degraded", Colour.AMBER),
          2, new Word("down", Colour.RED),
          3, new Word("unknown", Colour.GREY));

  /** Of {@code up} and its like. */
  static final Map<Integer, Word> UP =
      Map.of(0, new Word("down", Colour.RED), 1, new Word("up", Colour.GOOD));

  /** Of our own checks. */
  static final Map<Integer, Word> FINE =
      Map.of(0, new Word("failing", Colour.RED), 1, new Word("fine", Colour.GOOD));

  /** Of {@code support:health:state}. */
  static final Map<Integer, Word> HEALTH =
      Map.of(
          0, new Word("green", Colour.GOOD),
          1, new Word("yellow", Colour.AMBER),
          2, new Word("red", Colour.RED));

  /** Of alerts. */
  static final Map<Integer, Word> FIRING = Map.of(1, new Word("firing", Colour.ORANGE));

  /** Why there is nothing of an exporter that is not there. */
  static final String NO_EXPORTER = "nobody scrapes or pushes these series here.";

  /** Why there is nothing when nothing is wrong. */
  static final String QUIET = "nothing is wrong, which is good.";

  private Words() {}
}

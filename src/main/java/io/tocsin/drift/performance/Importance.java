package io.tocsin.drift.performance;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far the importance of features has moved.
 *
 * @param ndcg discounted cumulative gain of the current order, measured with the reference's
 *     importances, over that of the reference's own order: 1 when the order is the same
 * @param distance sum of |share before - share now| over features
 * @param moves places that each feature has climbed (negative: fallen)
 */
public record Importance(double ndcg, double distance, Map<String, Integer> moves) {

  /**
   * Compares importances; their sign does not matter, an absent feature has none.
   *
   * <p>Source: K. Jarvelin and J. Kekalainen, Cumulated gain-based evaluation of IR techniques, ACM
   * TOIS 20, 2002; used for attribution drift by D. Nigenda and others, arXiv 2111.13657.
   *
   * @throws IllegalArgumentException when the reference gives no feature any importance
   */
  public static Importance of(Map<String, Double> reference, Map<String, Double> current) {
    var features = new TreeSet<>(reference.keySet());
    features.addAll(current.keySet());
    List<String> before = order(features, reference);
    List<String> now = order(features, current);
    double ideal = gain(before, reference);
    if (!(ideal > 0)) {
      throw new IllegalArgumentException("the reference gives no feature any importance");
    }
    double all = reference.values().stream().mapToDouble(Math::abs).sum();
    double allNow = current.values().stream().mapToDouble(Math::abs).sum();
    double distance = 0;
    var moves = new TreeMap<String, Integer>();
    for (String feature : features) {
      double share = of(reference, feature) / all;
      double shareNow = allNow == 0 ? 0 : of(current, feature) / allNow;
      distance += Math.abs(share - shareNow);
      moves.put(feature, before.indexOf(feature) - now.indexOf(feature));
    }
    return new Importance(gain(now, reference) / ideal, distance, Map.copyOf(moves));
  }

  private static double of(Map<String, Double> importance, String feature) {
    return Math.abs(importance.getOrDefault(feature, 0.0));
  }

  private static List<String> order(TreeSet<String> features, Map<String, Double> importance) {
    return features.stream()
        .sorted(Comparator.comparingDouble((String feature) -> -of(importance, feature)))
        .toList();
  }

  private static double gain(List<String> order, Map<String, Double> importance) {
    double gain = 0;
    for (int i = 0; i < order.size(); i++) {
      gain += of(importance, order.get(i)) / (Math.log(i + 2) / Math.log(2));
    }
    return gain;
  }
}

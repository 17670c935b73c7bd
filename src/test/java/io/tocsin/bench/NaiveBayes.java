package io.tocsin.bench;

import java.util.Arrays;

/** Naive Bayes that learns row by row: normal densities of numbers, counts of words plus one. */
final class NaiveBayes {

  private static final int MOST_WORDS = 20;

  private final Concept concept;
  private double[] rows = {};
  private double[][] means = {};
  private double[][] squares = {};
  private double[][][] counts = {};

  NaiveBayes(Concept concept) {
    this.concept = concept;
    forget();
  }

  void forget() {
    int labels = concept.labels();
    rows = new double[labels];
    means = new double[labels][concept.numbers];
    squares = new double[labels][concept.numbers];
    counts = new double[labels][concept.words][MOST_WORDS];
  }

  void learn(Concept.Row row) {
    int label = row.label();
    rows[label]++;
    for (int i = 0; i < row.numbers().length; i++) {
      double gap = row.numbers()[i] - means[label][i];
      means[label][i] += gap / rows[label];
      squares[label][i] += gap * (row.numbers()[i] - means[label][i]);
    }
    for (int i = 0; i < row.words().length; i++) {
      counts[label][i][row.words()[i]]++;
    }
  }

  int predict(Concept.Row row) {
    double all = Arrays.stream(rows).sum();
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int label = 0; label < rows.length; label++) {
      if (rows[label] == 0) {
        continue;
      }
      double score = Math.log(rows[label] / all);
      for (int i = 0; i < row.numbers().length; i++) {
        double variance = Math.max(squares[label][i] / Math.max(1, rows[label] - 1), 1e-9);
        double gap = row.numbers()[i] - means[label][i];
        score -= 0.5 * (Math.log(variance) + gap * gap / variance);
      }
      for (int i = 0; i < row.words().length; i++) {
        score += Math.log((counts[label][i][row.words()[i]] + 1) / (rows[label] + 2));
      }
      if (score > highest) {
        highest = score;
        best = label;
      }
    }
    return best;
  }
}

package io.tocsin.drift.performance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How well predicted classes match the actual ones.
 *
 * @param rows judged rows
 * @param accuracy share of equal classes
 * @param balancedAccuracy mean recall of the classes that occur
 * @param macroF1 mean F1 of all classes
 * @param weightedF1 mean F1 weighted by how often a class occurs
 * @param matthews Matthews correlation coefficient
 * @param kappa Cohen's kappa
 * @param labels classes in the order of the matrix
 * @param confusion rows by actual class, then by predicted class
 * @param perClass metrics of each class against the rest
 */
public record Classification(
    long rows,
    Estimate accuracy,
    double balancedAccuracy,
    double macroF1,
    double weightedF1,
    double matthews,
    double kappa,
    List<String> labels,
    List<List<Long>> confusion,
    Map<String, OfClass> perClass) {

  /** More classes than this make no readable matrix. */
  public static final int MOST_CLASSES = 1000;

  /**
   * One class against the rest.
   *
   * @param support rows that are of this class
   * @param precision share of rows called so that are
   * @param recall share of rows that are and were called so
   * @param f1 harmonic mean of both
   */
  public record OfClass(long support, Estimate precision, Estimate recall, double f1) {}

  /**
   * Compares classes row by row.
   *
   * @throws IllegalArgumentException for lists of different lengths, or too many classes
   */
  public static Classification of(List<String> actual, List<String> predicted) {
    if (actual.size() != predicted.size()) {
      throw new IllegalArgumentException(
          "%d actual classes, but %d predicted".formatted(actual.size(), predicted.size()));
    }
    var names = new TreeSet<>(actual);
    names.addAll(predicted);
    if (names.size() > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "%d classes, at most %d are compared".formatted(names.size(), MOST_CLASSES));
    }
    List<String> labels = List.copyOf(names);
    var place = new TreeMap<String, Integer>();
    labels.forEach(label -> place.put(label, place.size()));
    var matrix = new long[labels.size()][labels.size()];
    for (int i = 0; i < actual.size(); i++) {
      matrix[place.getOrDefault(actual.get(i), 0)][place.getOrDefault(predicted.get(i), 0)]++;
    }
    return of(labels, matrix);
  }

  /** From a confusion matrix, rows actual and columns predicted. */
  public static Classification of(List<String> labels, long[][] matrix) {
    int k = labels.size();
    var actual = new long[k];
    var called = new long[k];
    long right = 0;
    long rows = 0;
    for (int i = 0; i < k; i++) {
      right += matrix[i][i];
      for (int j = 0; j < k; j++) {
        actual[i] += matrix[i][j];
        called[j] += matrix[i][j];
        rows += matrix[i][j];
      }
    }
    var perClass = new TreeMap<String, OfClass>();
    double macro = 0;
    double weighted = 0;
    double balanced = 0;
    int occurring = 0;
    for (int i = 0; i < k; i++) {
      long hits = matrix[i][i];
      double f1 = actual[i] + called[i] == 0 ? 0 : 2.0 * hits / (actual[i] + called[i]);
      perClass.put(
          labels.get(i),
          new OfClass(
              actual[i], Estimate.share(hits, called[i]), Estimate.share(hits, actual[i]), f1));
      macro += f1 / k;
      weighted += f1 * actual[i] / rows;
      if (actual[i] > 0) {
        balanced += (double) hits / actual[i];
        occurring++;
      }
    }
    return new Classification(
        rows,
        Estimate.share(right, rows),
        balanced / occurring,
        macro,
        weighted,
        matthews(right, rows, actual, called),
        kappa(right, rows, actual, called),
        labels,
        table(matrix),
        Map.copyOf(perClass));
  }

  /**
   * The correlation of actual and predicted classes; 0 when either side has one class.
   *
   * <p>Source: J. Gorodkin, Comparing two K-category assignments by a K-category correlation
   * coefficient, Computational Biology and Chemistry 28, 2004.
   */
  private static double matthews(double right, double rows, long[] actual, long[] called) {
    double together = 0;
    double ownActual = 0;
    double ownCalled = 0;
    for (int i = 0; i < actual.length; i++) {
      together += (double) actual[i] * called[i];
      ownActual += (double) actual[i] * actual[i];
      ownCalled += (double) called[i] * called[i];
    }
    double square = rows * rows;
    double scale = Math.sqrt(square - ownActual) * Math.sqrt(square - ownCalled);
    return scale == 0 ? 0 : (right * rows - together) / scale;
  }

  /** (observed agreement - chance agreement) / (1 - chance agreement). J. Cohen, 1960. */
  private static double kappa(double right, double rows, long[] actual, long[] called) {
    double chance = 0;
    for (int i = 0; i < actual.length; i++) {
      chance += actual[i] / rows * (called[i] / rows);
    }
    return chance == 1 ? 0 : (right / rows - chance) / (1 - chance);
  }

  private static List<List<Long>> table(long[][] matrix) {
    var table = new ArrayList<List<Long>>();
    for (long[] row : matrix) {
      var cells = new ArrayList<Long>();
      for (long cell : row) {
        cells.add(cell);
      }
      table.add(List.copyOf(cells));
    }
    return List.copyOf(table);
  }
}

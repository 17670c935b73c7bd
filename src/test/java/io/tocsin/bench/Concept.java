package io.tocsin.bench;

import java.util.SplittableRandom;

/**
 * The standard streams of concept drift: rows with a label whose meaning changes with the concept's
 * number. Definitions are those of the papers as MOA generates them.
 */
enum Concept {
  /** x, y uniform; y below sin x or above; 10 % noise. */
  SINE1(0, 2) {
    @Override
    Row row(SplittableRandom random, int concept) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      boolean below = y < Math.sin(x);
      int label = below == (concept % 2 == 0) ? 1 : 0;
      return new Row(new double[] {x, y}, new int[0], noisy(random, label));
    }
  },
  /** Two fair bits and x, y uniform; two or more of v, w, y below a sine; 10 % noise. */
  MIXED(2, 2) {
    @Override
    Row row(SplittableRandom random, int concept) {
      int v = random.nextInt(2);
      int w = random.nextInt(2);
      double x = random.nextDouble();
      double y = random.nextDouble();
      int votes = v + w + (y < 0.5 + 0.3 * Math.sin(3 * Math.PI * x) ? 1 : 0);
      int label = votes >= 2 == (concept % 2 == 0) ? 1 : 0;
      return new Row(new double[] {x, y}, new int[] {v, w}, noisy(random, label));
    }
  },
  /** Three numbers from 0 to 10, the first two summed against a threshold; 10 % noise. */
  SEA(0, 3) {
    private final double[] thresholds = {8, 9, 7, 9.5};

    @Override
    Row row(SplittableRandom random, int concept) {
      double a = 10 * random.nextDouble();
      double b = 10 * random.nextDouble();
      double c = 10 * random.nextDouble();
      int label = a + b <= thresholds[concept % 4] ? 0 : 1;
      return new Row(new double[] {a, b, c}, new int[0], noisy(random, label));
    }
  },
  /** Loan applicants by functions 1, 2, 4 and 7. */
  AGRAWAL(3, 6) {
    @Override
    Row row(SplittableRandom random, int concept) {
      double salary = 20_000 + 130_000 * random.nextDouble();
      double commission = salary >= 75_000 ? 0 : 10_000 + 65_000 * random.nextDouble();
      int age = 20 + random.nextInt(61);
      int level = random.nextInt(5);
      int car = random.nextInt(20);
      int zip = random.nextInt(9);
      double value = (9 - zip) * 100_000.0 * (0.5 + random.nextDouble());
      int years = 1 + random.nextInt(30);
      double loan = 500_000 * random.nextDouble();
      boolean groupA =
          switch (concept % 4) {
            case 0 -> age < 40 || age >= 60;
            case 1 -> salaryBand(age, salary, 50_000, 75_000, 25_000);
            case 2 -> byLevel(age, level, salary);
            default -> 2 * (salary + commission) / 3 - loan / 5 - 20_000 > 0;
          };
      return new Row(
          new double[] {salary, commission, age, value, years, loan},
          new int[] {level, car, zip},
          groupA ? 1 : 0);
    }

    private boolean salaryBand(int age, double salary, double young, double middle, double old) {
      double low = age < 40 ? young : age < 60 ? middle : old;
      return salary >= low && salary <= low + 50_000;
    }

    private boolean byLevel(int age, int level, double salary) {
      if (age < 40) {
        return band(salary, level <= 1 ? 25_000 : 50_000);
      }
      if (age < 60) {
        return band(salary, level >= 1 && level <= 3 ? 50_000 : 75_000);
      }
      return band(salary, level >= 2 ? 50_000 : 25_000);
    }

    private boolean band(double salary, double low) {
      return salary >= low && salary <= low + 50_000;
    }
  },
  /** A digit as seven segments, each wrong with 10 %, and 17 bits of nothing. */
  LED(24, 0) {
    private final String[] segments = {
      "1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010",
      "1111111", "1111011"
    };
    private final int[] exchanged = {0, 3, 1, 5};

    @Override
    Row row(SplittableRandom random, int concept) {
      int digit = random.nextInt(10);
      var bits = new int[24];
      for (int i = 0; i < 7; i++) {
        int lit = segments[digit].charAt(i) - '0';
        bits[i] = random.nextDouble() < 0.1 ? 1 - lit : lit;
      }
      for (int i = 7; i < 24; i++) {
        bits[i] = random.nextInt(2);
      }
      for (int i = 0; i < exchanged[concept % 4]; i++) {
        int swap = bits[i];
        bits[i] = bits[i + 7];
        bits[i + 7] = swap;
      }
      return new Row(new double[0], bits, digit);
    }
  };

  /** One instance. */
  record Row(double[] numbers, int[] words, int label) {}

  /** Nominal attributes. */
  final int words;

  /** Numeric attributes. */
  final int numbers;

  Concept(int words, int numbers) {
    this.words = words;
    this.numbers = numbers;
  }

  /** The next instance under the concept of this number. */
  abstract Row row(SplittableRandom random, int concept);

  /** The label, wrong with 10 %. */
  static int noisy(SplittableRandom random, int label) {
    return random.nextDouble() < 0.1 ? 1 - label : label;
  }

  int labels() {
    return this == LED ? 10 : 2;
  }
}

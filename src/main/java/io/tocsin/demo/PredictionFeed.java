package io.tocsin.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Random;

/**
 * What the simulated model predicts: features drawn from a normal and a log-normal distribution.
 * With the price feed broken the prices shift by one and a half standard deviations.
 */
public final class PredictionFeed {

  /** Name of the simulated model. */
  public static final String MODEL = "signal-ranker";

  private static final double SHIFT = 1.5;
  private static final double RIGHT = 0.97;
  private static final String[] SECTORS = {"tech", "energy", "health", "finance"};

  private final Faults faults;
  private final ObjectMapper json = new ObjectMapper();
  private final Random random;
  private long next;
  private ArrayNode truths = json.createArrayNode();

  /**
   * Predictions drawn from a seed.
   *
   * @param firstId the first prediction's id; the others count up
   */
  public PredictionFeed(Faults faults, long seed, long firstId) {
    this.faults = faults;
    this.random = new Random(seed);
    this.next = firstId;
  }

  /** So many predictions made at an instant, as the JSON array that the intake takes. */
  public String predictions(int count, Instant at) {
    ArrayNode rows = json.createArrayNode();
    truths = json.createArrayNode();
    double shift = faults.broken(SimulatedPart.PRICE_FEED) ? SHIFT : 0;
    for (int i = 0; i < count; i++) {
      double change = random.nextGaussian() + shift;
      double confidence = 0.6 + 0.39 * random.nextDouble();
      ObjectNode row = rows.addObject();
      row.put("id", "p" + next);
      row.put("time", at.toString());
      row.put("version", "2026-02");
      ObjectNode features = row.putObject("features");
      features.put("price_change", change);
      features.put("volume", Math.exp(random.nextGaussian()));
      features.put("sector", SECTORS[random.nextInt(SECTORS.length)]);
      String prediction = change > 0 ? "buy" : "hold";
      row.put("prediction", prediction);
      boolean right = random.nextDouble() < RIGHT;
      String other = change > 0 ? "hold" : "buy";
      truths.addObject().put("id", "p" + next++).put("actual", right ? prediction : other);
      row.put("confidence", confidence);
      row.put("latency_ms", 25 + 10 * random.nextDouble());
    }
    return rows.toString();
  }

  /** What became of the last predictions, as the JSON array that the intake takes. */
  public String truths() {
    return truths.toString();
  }
}

package io.tocsin.demo;

import java.util.Locale;
import java.util.Random;

/**
 * The simulated company's own numbers, in Prometheus' text format: requests, payments, query and
 * inference times. Advances once a second; confined to one event loop.
 */
final class Traffic {

  private static final int REQUESTS_PER_SECOND = 12;
  private static final int PAYMENTS_PER_SECOND = 3;

  private final Faults faults;
  private final Random random = new Random(20260301);
  private double good;
  private double bad;
  private double seconds;
  private double paid;
  private double refused;
  private double querySeconds = 0.004;
  private double inferenceSeconds = 0.03;
  private double cpu = 0.35;

  Traffic(Faults faults) {
    this.faults = faults;
  }

  /** One second passes. */
  void advance() {
    boolean webBroken = faults.broken(SimulatedPart.WEB_APP);
    boolean databaseBroken = faults.broken(SimulatedPart.DATABASE);
    double failing = webBroken ? REQUESTS_PER_SECOND * 0.4 : 0;
    good += REQUESTS_PER_SECOND - failing;
    bad += failing;
    seconds += REQUESTS_PER_SECOND * near(webBroken || databaseBroken ? 0.4 : 0.06);
    if (faults.broken(SimulatedPart.PAYMENT_API)) {
      refused += PAYMENTS_PER_SECOND;
    } else {
      paid += PAYMENTS_PER_SECOND;
    }
    querySeconds = near(databaseBroken ? 0.08 : 0.004);
    inferenceSeconds = near(faults.broken(SimulatedPart.AI_MODEL) ? 0.18 : 0.03);
    cpu = Math.min(0.99, near(databaseBroken ? 0.95 : 0.35));
  }

  private double near(double value) {
    return value * (0.95 + random.nextDouble() * 0.1);
  }

  /** The numbers of one service. */
  String metrics(SimulatedPart dependency) {
    return switch (dependency) {
      case WEB_APP ->
          "# TYPE http_requests_total counter\n"
              + line("http_requests_total{service=\"web-app\",code=\"200\"}", good)
              + line("http_requests_total{service=\"web-app\",code=\"500\"}", bad)
              + "# TYPE http_request_duration_seconds summary\n"
              + line("http_request_duration_seconds_sum{service=\"web-app\"}", seconds)
              + line("http_request_duration_seconds_count{service=\"web-app\"}", good + bad);
      case PAYMENT_API ->
          "# TYPE payments_total counter\n"
              + line("payments_total{provider=\"acme-pay\",result=\"ok\"}", paid)
              + line("payments_total{provider=\"acme-pay\",result=\"failed\"}", refused);
      case DATABASE ->
          "# TYPE database_query_seconds_mean gauge\n"
              + line("database_query_seconds_mean", querySeconds)
              + "# TYPE database_cpu_ratio gauge\n"
              + line("database_cpu_ratio", cpu);
      case AI_MODEL ->
          "# TYPE model_inference_seconds_mean gauge\n"
              + line("model_inference_seconds_mean{model=\"signal-ranker\"}", inferenceSeconds);
      case CHAT_BOT, PRICE_FEED -> "";
    };
  }

  private static String line(String series, double value) {
    return String.format(Locale.ROOT, "%s %.6f%n", series, value).replace("\r", "");
  }
}

package io.tocsin.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tocsin.promql.QueryStats;
import java.io.IOException;

/**
 * When a query was asked, began and ended, by a clock of nanoseconds; and how its statistics are
 * written.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#query-statistics">Query
 *     statistics</a>
 */
record QueryTimings(long asked, long began, long ended) {

  void write(JsonGenerator out, QueryStats stats, PrometheusQueryRoutes.Grid grid)
      throws IOException {
    double evaluated = (ended - began) / 1e9;
    out.writeObjectFieldStart("timings");
    out.writeNumberField("evalTotalTime", evaluated);
    out.writeNumberField("resultSortTime", 0);
    out.writeNumberField("queryPreparationTime", 0);
    out.writeNumberField("innerEvalTime", evaluated);
    out.writeNumberField("execQueueTime", (began - asked) / 1e9);
    out.writeNumberField("execTotalTime", (ended - asked) / 1e9);
    out.writeEndObject();
    out.writeObjectFieldStart("samples");
    long[] perStep = stats.perStep();
    if (perStep.length > 0) {
      out.writeArrayFieldStart("totalQueryableSamplesPerStep");
      for (int i = 0; i < perStep.length; i++) {
        out.writeStartArray();
        out.writeNumber(GoNumber.seconds(grid.start() + i * grid.step()));
        out.writeNumber(perStep[i]);
        out.writeEndArray();
      }
      out.writeEndArray();
    }
    out.writeNumberField("totalQueryableSamples", stats.queryable());
    out.writeNumberField("samplesRead", stats.read());
    out.writeNumberField("peakSamples", stats.peak());
    out.writeEndObject();
  }
}

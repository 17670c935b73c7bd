package io.tocsin.drift.adhoc;

import io.tocsin.drift.CategoricalReference;
import io.tocsin.drift.NumericReference;
import io.tocsin.drift.Reference;
import io.tocsin.drift.Window;
import java.util.Arrays;
import java.util.Map;

/** Values of one side; what is null, not a number or infinite is counted as missing. */
public sealed interface Sample {

  /** Rows that hold no value. */
  long missing();

  /** Rows that hold one. */
  long rows();

  /** Finite numbers in order. */
  record Numbers(double[] values, long missing) implements Sample {
    @Override
    public long rows() {
      return values.length;
    }
  }

  /** Rows per category. */
  record Categories(Map<String, Long> counts, long missing) implements Sample {
    public Categories {
      counts = Map.copyOf(counts);
    }

    @Override
    public long rows() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** This side as what others are compared with. */
  default Reference reference() {
    return switch (this) {
      case Numbers(double[] values, long ignored) -> NumericReference.of(values);
      case Categories(Map<String, Long> counts, long ignored) -> new CategoricalReference(counts);
    };
  }

  /** This side as what is compared. */
  default Window window() {
    return switch (this) {
      case Numbers(double[] values, long ignored) -> new Window.Values(values);
      case Categories(Map<String, Long> counts, long ignored) -> new Window.Categories(counts);
    };
  }

  /** Numbers taken as the names of categories. */
  default Sample categorical() {
    return switch (this) {
      case Categories categories -> categories;
      case Numbers(double[] values, long missing) -> {
        var builder = new SampleBuilder("", Integer.MAX_VALUE);
        Arrays.stream(values).forEach(value -> builder.text(SampleBuilder.name(value)));
        yield builder.build() instanceof Categories(Map<String, Long> counts, long ignored)
            ? new Categories(counts, missing)
            : this;
      }
    };
  }
}

package io.tocsin.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.model.JsonRows.BadRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads truths. */
final class TruthReader implements JsonRows.RowReader {

  private final Optional<ValueKind> answers;
  private final List<FeatureValue> actual = new ArrayList<>();
  private long[] ids = new long[64];

  TruthReader(Schema schema) {
    this.answers = schema.answer();
  }

  TruthRows rows() {
    return new TruthRows(Arrays.copyOf(ids, actual.size()), actual);
  }

  @Override
  public void drop() {}

  @Override
  public void read(JsonParser parser) throws IOException, BadRow {
    long id = 0;
    FeatureValue value = FeatureValue.MISSING;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      switch (key) {
        case "id" -> id = JsonValues.text(parser, key).map(IdHash::of).orElse(0L);
        case "actual" -> value = value(parser);
        default -> throw new BadRow("", JsonRows.found(parser), "id or actual");
      }
    }
    if (id == 0 || value instanceof FeatureValue.Missing) {
      throw new BadRow("", "an object", "an id and an actual value in it");
    }
    if (actual.size() == ids.length) {
      ids = Arrays.copyOf(ids, 2 * ids.length);
    }
    ids[actual.size()] = id;
    actual.add(value);
  }

  private FeatureValue value(JsonParser parser) throws IOException, BadRow {
    FeatureValue value =
        switch (parser.nextToken()) {
          case VALUE_NULL -> FeatureValue.MISSING;
          case VALUE_TRUE -> new FeatureValue.Flag(true);
          case VALUE_FALSE -> new FeatureValue.Flag(false);
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> FeatureValue.of(parser.getDoubleValue());
          case VALUE_STRING -> {
            JsonValues.checkLength(parser, "actual");
            yield new FeatureValue.Category(parser.getText());
          }
          case null, default ->
              throw new BadRow("actual", JsonRows.found(parser), "a number, text, true or false");
        };
    ValueKind kind = PredictionRowsBuilder.kindOf(value);
    if (kind != null && answers.isPresent() && kind != answers.get()) {
      throw new BadRow(
          "actual", JsonRows.found(parser), answers.get().words() + ", as the predictions are");
    }
    return value;
  }
}

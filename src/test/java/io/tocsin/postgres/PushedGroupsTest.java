package io.tocsin.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.ingest.PushedGroups;
import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class PushedGroupsTest {
  private static final Labels BACKUP = Labels.of("job", "backup");
  private static final Labels MAIL = Labels.of("job", "mail", "odd", "a\u0001/ü");

  private final Database database;

  PushedGroupsTest(Database database) {
    this.database = database;
  }

  private PushedGroups started() {
    return new PushedGroups(100, new PostgresPushedGroups(database));
  }

  private static SampleBatch pushed(String name, double value, long at) {
    return SampleBatch.of(Labels.of("__name__", name), at, value);
  }

  private static Map<Labels, Double> exposed(PushedGroups groups) {
    var values = new TreeMap<Labels, Double>();
    SampleBatch batch = groups.exposed(9_000);
    for (int i = 0; i < batch.size(); i++) {
      values.put(batch.labels(i), batch.value(i));
    }
    return values;
  }

  @Test
  void groupsOutliveTheProcessUntilTheyAreDeleted() {
    PushedGroups before = started();
    before.push(BACKUP, pushed("size", Double.NaN, 1_000), true, 1_000).apply();
    before.push(BACKUP, pushed("took", Double.POSITIVE_INFINITY, 2_000), false, 2_000).apply();
    before.failed(BACKUP, 3_000).apply();
    before.push(MAIL, pushed("sent", 0.1, 2_000), true, 2_000).apply();

    PushedGroups after = started();

    assertThat(exposed(after)).isEqualTo(exposed(before)).hasSize(7);
    assertThat(exposed(after))
        .containsEntry(BACKUP.with("__name__", "size"), Double.NaN)
        .containsEntry(BACKUP.with("__name__", "took"), Double.POSITIVE_INFINITY)
        .containsEntry(BACKUP.with("__name__", "push_time_seconds"), 2.0)
        .containsEntry(BACKUP.with("__name__", "push_failure_time_seconds"), 3.0)
        .containsEntry(MAIL.with("__name__", "sent"), 0.1);
    assertThat(after.seriesCount()).isEqualTo(7);

    after.delete(BACKUP, 4_000).apply();
    assertThat(exposed(started())).hasSize(3).containsKey(MAIL.with("__name__", "sent"));
  }
}

package io.tocsin.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.TokenStore;
import io.tocsin.access.TokenStoreContract;
import io.tocsin.check.CheckDefinitionStore;
import io.tocsin.check.CheckDefinitionStoreContract;
import io.tocsin.check.CheckResultStore;
import io.tocsin.check.CheckResultStoreContract;
import io.tocsin.check.CheckStateStore;
import io.tocsin.check.CheckStateStoreContract;
import io.tocsin.label.Matcher;
import io.tocsin.model.ModelStore;
import io.tocsin.model.ModelStoreContract;
import io.tocsin.oncall.ShiftOverrideStore;
import io.tocsin.oncall.ShiftOverrideStoreContract;
import io.tocsin.silence.Maintenance;
import io.tocsin.silence.Silence;
import io.tocsin.slo.UptimeStore;
import io.tocsin.slo.UptimeStoreContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class PostgresStoresTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Database database;

  PostgresStoresTest(Database database) {
    this.database = database;
  }

  private Database empty(String... tables) {
    database
        .jdbi()
        .useHandle(handle -> handle.execute("TRUNCATE " + String.join(", ", tables) + " CASCADE"));
    return database;
  }

  @Nested
  class CheckResults extends CheckResultStoreContract {
    @Override
    protected CheckResultStore store() {
      return new PostgresCheckResults(empty("check_result"));
    }
  }

  @Nested
  class CheckDefinitions extends CheckDefinitionStoreContract {
    @Override
    protected CheckDefinitionStore store() {
      return new PostgresCheckDefinitions(empty("check_definition", "check_pause"));
    }
  }

  @Nested
  class CheckStates extends CheckStateStoreContract {
    @Override
    protected CheckStateStore store() {
      return new PostgresCheckStates(empty("check_state"));
    }
  }

  @Nested
  class Uptime extends UptimeStoreContract {
    @Override
    protected UptimeStore store() {
      return new PostgresUptime(empty("check_day", "check_booked"));
    }
  }

  @Nested
  class Tokens extends TokenStoreContract {
    @Override
    protected TokenStore store() {
      return new PostgresTokens(empty("api_token"));
    }
  }

  @Nested
  class Models extends ModelStoreContract {
    @Override
    protected ModelStore store() {
      return new PostgresModels(empty("model_state"));
    }
  }

  @Nested
  class ShiftOverrides extends ShiftOverrideStoreContract {
    @Override
    protected ShiftOverrideStore store() {
      return new PostgresShiftOverrides(empty("shift_override"));
    }
  }

  @Test
  void aKeyIsMadeOnceAndStays() {
    byte[] key = new PostgresKeys(empty("service_key")).of("links");
    assertThat(key).hasSize(32).isNotEqualTo(new byte[32]);
    assertThat(new PostgresKeys(database).of("links")).isEqualTo(key);
    assertThat(new PostgresKeys(database).of("other")).isNotEqualTo(key);
  }

  @Test
  void silencesAreKeptReplacedAndRemoved() {
    var store = new PostgresSilences(empty("silence"));
    var matchers = List.of(Matcher.of("job", Matcher.Op.REGEX, "a|b"), Matcher.equal("x", ""));
    var silence = new Silence("s1", matchers, NOW, NOW.plusSeconds(60), "ann", "quiet \"now\"");
    store.save(silence);
    Silence found = store.find("s1").orElseThrow();
    assertThat(found.matchers()).hasToString(matchers.toString());
    assertThat(found.comment()).isEqualTo(silence.comment());
    assertThat(store.endingAfter(NOW)).hasSize(1);
    store.save(silence.expired(NOW.plusSeconds(1)));
    assertThat(store.endingAfter(NOW.plusSeconds(1))).isEmpty();
    assertThat(store.remove("s1")).isTrue();
    assertThat(store.remove("s1")).isFalse();
    assertThat(store.find("s1")).isEmpty();
  }

  @Test
  void maintenanceIsKeptReplacedAndRemoved() {
    var store = new PostgresMaintenance(empty("maintenance"));
    var later = work("m1", 100);
    var sooner = work("m2", 50);
    store.save(later);
    store.save(sooner);
    assertThat(store.endingAfter(NOW)).containsExactly(sooner, later);
    store.save(work("m1", 10));
    assertThat(store.endingAfter(NOW)).containsExactly(work("m1", 10), sooner);
    assertThat(store.endingAfter(NOW.plusSeconds(75))).containsExactly(sooner);
    assertThat(store.remove("m1")).isTrue();
    assertThat(store.remove("m1")).isFalse();
  }

  private static Maintenance work(String id, int start) {
    return new Maintenance(
        id,
        "New disks",
        "We change disks.",
        List.of("Web app"),
        NOW.plusSeconds(start),
        NOW.plusSeconds(start + 60),
        "ann");
  }
}

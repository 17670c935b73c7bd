package io.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AuditEntry.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every audit log promises. */
public abstract class AuditLogContract {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  /** An empty log. */
  protected abstract AuditLog log();

  @Test
  void entriesComeBackWholeLatestFirst() {
    AuditLog log = log();
    AuditEntry first = entry(0, "ada", "login", Outcome.DONE);
    AuditEntry second =
        new AuditEntry(
            NOW.plusSeconds(1),
            "ada",
            "192.0.2.1",
            "PATCH /api/v1/users/:id",
            "bo",
            Outcome.REFUSED,
            Map.of("role", "viewer"),
            Map.of("role", "admin"));
    log.append(first);
    log.append(second);
    assertThat(entries(log, AuditLog.Filter.latest(10))).containsExactly(second, first);
  }

  @Test
  void theyAreFilteredAndPaged() {
    AuditLog log = log();
    for (int i = 0; i < 5; i++) {
      log.append(entry(i, i % 2 == 0 ? "ada" : "bo", "step 100%_" + i, Outcome.DONE));
    }
    log.append(entry(9, "", "login", Outcome.FAILED));
    assertThat(log.read(filter("ada", "", OptionalLong.empty(), 10))).hasSize(3);
    assertThat(log.read(filter("", "STEP 100%_3", OptionalLong.empty(), 10))).hasSize(1);
    assertThat(log.read(filter("", "%", OptionalLong.empty(), 10))).hasSize(5);
    var page = log.read(filter("", "", OptionalLong.empty(), 4));
    var rest = log.read(filter("", "", OptionalLong.of(page.getLast().number()), 4));
    assertThat(rest).hasSize(2);
    var failed =
        new AuditLog.Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.of(Outcome.FAILED),
            Optional.of(NOW.plusSeconds(5)),
            Optional.of(NOW.plusSeconds(10)),
            OptionalLong.empty(),
            10);
    assertThat(entries(log, failed)).containsExactly(entry(9, "", "login", Outcome.FAILED));
  }

  @Test
  void secretsAreNeverKept() {
    AuditLog log = log();
    log.append(
        new AuditEntry(
            NOW,
            "ada",
            "",
            "x",
            "",
            Outcome.DONE,
            Map.of("new_password", "hunter2", "api-key", "k"),
            Map.of("routing_key", "r", "client.secret", "s", "name", "n".repeat(9_000))));
    String told = entries(log, AuditLog.Filter.latest(1)).toString();
    assertThat(told).doesNotContain("hunter2").doesNotContain("=k").doesNotContain("=s");
    assertThat(told).hasSizeLessThan(1_500).contains("new_password=***");
  }

  private static AuditLog.Filter filter(String actor, String text, OptionalLong before, int limit) {
    return new AuditLog.Filter(
        Optional.of(actor).filter(it -> !it.isEmpty()),
        Optional.of(text).filter(it -> !it.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        before,
        limit);
  }

  private static List<AuditEntry> entries(AuditLog log, AuditLog.Filter filter) {
    return log.read(filter).stream().map(AuditLog.Kept::entry).toList();
  }

  private static AuditEntry entry(int second, String actor, String action, Outcome outcome) {
    return new AuditEntry(
        NOW.plusSeconds(second), actor, "192.0.2.1", action, "", outcome, Map.of(), Map.of());
  }
}

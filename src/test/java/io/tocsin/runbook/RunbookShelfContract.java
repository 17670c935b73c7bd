package io.tocsin.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.runbook.RunbookShelf.Votes;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every shelf does. */
public abstract class RunbookShelfContract {

  private static final String PAGE =
      """
      ---
      alert: PostgresDown
      severity: CRITICAL
      owner: database
      dashboards: [Hosts, PostgreSQL and TimescaleDB]
      last_reviewed: 2026-11-01
      ---
      # PostgresDown

      The database server does not accept connections.
      """;

  /** An empty shelf. */
  protected abstract RunbookShelf shelf();

  @Test
  void keepsPagesAsTheyAre() {
    RunbookShelf shelf = shelf();
    Runbook page = Runbook.parse("PostgresDown", PAGE);
    shelf.replace(List.of(page, Runbook.parse("Other", "text")));

    assertThat(shelf.find("PostgresDown")).contains(page);
    assertThat(shelf.all()).extracting(Runbook::name).containsExactly("Other", "PostgresDown");
    shelf.replace(List.of(page));
    assertThat(shelf.all()).containsExactly(page);
  }

  @Test
  void findsPagesByTheirWords() {
    RunbookShelf shelf = shelf();
    shelf.replace(
        List.of(Runbook.parse("PostgresDown", PAGE), Runbook.parse("DiskFull", "Free space.")));

    assertThat(shelf.search("server connections"))
        .extracting(hit -> hit.page().name())
        .containsExactly("PostgresDown");
    assertThat(shelf.search("server connections").getFirst().excerpt()).contains("server");
    assertThat(shelf.search("nothing-of-that-kind")).isEmpty();
    assertThat(shelf.search("'; DROP TABLE runbook; --")).isEmpty();
  }

  @Test
  void countsVotesAndKeepsThemWhenThePageChanges() {
    RunbookShelf shelf = shelf();
    shelf.replace(List.of(Runbook.parse("PostgresDown", PAGE)));
    shelf.vote("PostgresDown", "Ada", true);
    shelf.vote("PostgresDown", "Ben", true);
    shelf.vote("PostgresDown", "Cem", true);
    shelf.vote("PostgresDown", "Cem", false);
    shelf.replace(List.of(Runbook.parse("PostgresDown", PAGE + "More.")));

    assertThat(shelf.votes()).containsEntry("PostgresDown", new Votes(2, 1));
  }

  @Test
  void aPageThatNobodyReadForNinetyDaysIsStale() {
    Runbook page = Runbook.parse("PostgresDown", PAGE);
    assertThat(page.lastReviewed()).isEqualTo(Optional.of(LocalDate.of(2026, 11, 1)));
    assertThat(page.stale(LocalDate.of(2026, 11, 1).plusDays(90))).isFalse();
    assertThat(page.stale(LocalDate.of(2026, 11, 1).plusDays(91))).isTrue();
    assertThat(Runbook.parse("Other", "text").stale(LocalDate.EPOCH)).isTrue();
  }
}

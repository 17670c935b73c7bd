package io.tocsin.rule;

import io.tocsin.rule.ReplayReport.Incident;
import io.tocsin.rule.ReplayReport.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a change of rules does to the pages of a stretch of the past. Two incidents are the same
 * when they have the same group and were open at the same time.
 *
 * @param pagesBefore pages by the rules before
 * @param pagesAfter pages by the rules after
 * @param added pages there would be now
 * @param lost pages there would be no longer
 * @param moved pages of the same incident at another time
 */
public record ReplayComparison(
    int pagesBefore, int pagesAfter, List<Change> added, List<Change> lost, List<Move> moved) {

  public ReplayComparison {
    added = List.copyOf(added);
    lost = List.copyOf(lost);
    moved = List.copyOf(moved);
  }

  /** A page with the incident it is of. */
  public record Change(String group, String title, Page page) {}

  /** A page that comes at another time. */
  public record Move(String group, String title, Page before, Page after) {}

  /** Compares two replays of the same stretch. */
  public static ReplayComparison of(ReplayReport before, ReplayReport after) {
    var added = new ArrayList<Change>();
    var lost = new ArrayList<Change>();
    var moved = new ArrayList<Move>();
    var unmatched = new ArrayList<>(before.incidents());
    for (Incident now : after.incidents()) {
      Optional<Incident> same =
          unmatched.stream().filter(old -> same(old, now, after.to())).findFirst();
      same.ifPresent(unmatched::remove);
      List<Page> rest = new ArrayList<>(same.map(Incident::pages).orElse(List.of()));
      for (Page page : now.pages()) {
        Optional<Page> twin =
            rest.stream()
                .filter(old -> old.reason() == page.reason() && old.severity() == page.severity())
                .findFirst();
        twin.ifPresent(rest::remove);
        if (twin.isEmpty()) {
          added.add(new Change(now.group(), now.title(), page));
        } else if (!twin.get().at().equals(page.at())) {
          moved.add(new Move(now.group(), now.title(), twin.get(), page));
        }
      }
      rest.forEach(page -> lost.add(new Change(now.group(), now.title(), page)));
    }
    for (Incident old : unmatched) {
      old.pages().forEach(page -> lost.add(new Change(old.group(), old.title(), page)));
    }
    lost.sort(Comparator.comparing(change -> change.page().at()));
    added.sort(Comparator.comparing(change -> change.page().at()));
    return new ReplayComparison(before.pages(), after.pages(), added, lost, moved);
  }

  private static boolean same(Incident a, Incident b, Instant end) {
    return a.group().equals(b.group())
        && !a.openedAt().isAfter(b.resolvedAt().orElse(end))
        && !b.openedAt().isAfter(a.resolvedAt().orElse(end));
  }
}

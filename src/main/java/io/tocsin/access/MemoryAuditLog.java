package io.tocsin.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The log for as long as the process lives. */
public final class MemoryAuditLog implements AuditLog {

  private final List<Kept> all = new ArrayList<>();

  @Override
  public synchronized void append(AuditEntry entry) {
    all.add(new Kept(all.size() + 1L, entry));
  }

  @Override
  public synchronized List<Kept> read(Filter filter) {
    return all.reversed().stream()
        .filter(kept -> wanted(filter, kept))
        .limit(filter.limit())
        .toList();
  }

  private static boolean wanted(Filter filter, Kept kept) {
    AuditEntry entry = kept.entry();
    String words = (entry.action() + "\n" + entry.subject()).toLowerCase(Locale.ROOT);
    return filter.actor().map(entry.actor()::equals).orElse(true)
        && filter.text().map(text -> words.contains(text.toLowerCase(Locale.ROOT))).orElse(true)
        && filter.outcome().map(entry.outcome()::equals).orElse(true)
        && filter.from().map(from -> !entry.at().isBefore(from)).orElse(true)
        && filter.to().map(to -> entry.at().isBefore(to)).orElse(true)
        && (filter.before().isEmpty() || kept.number() < filter.before().getAsLong());
  }
}

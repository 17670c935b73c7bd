package io.tocsin.runbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Pages in memory; a search wants every word somewhere. */
public final class InMemoryRunbookShelf implements RunbookShelf {
  /** By page and person; it is not asked to outlive a day. */
  private final Map<String, Map<String, Boolean>> votes = new ConcurrentHashMap<>();

  private volatile Map<String, Runbook> pages = Map.of();

  @Override
  public List<Runbook> all() {
    return List.copyOf(pages.values());
  }

  @Override
  public Optional<Runbook> find(String name) {
    return Optional.ofNullable(pages.get(name));
  }

  @Override
  public List<Hit> search(String words) {
    var hits = new ArrayList<Hit>();
    String[] wanted = words.toLowerCase(Locale.ROOT).strip().split("\\s+");
    for (Runbook page : pages.values()) {
      String text = (page.name() + "\n" + page.markdown()).toLowerCase(Locale.ROOT);
      boolean all = true;
      for (String word : wanted) {
        all &= !word.isEmpty() && text.contains(word);
      }
      if (all) {
        hits.add(new Hit(page, line(page, wanted[0])));
      }
    }
    return hits;
  }

  private static String line(Runbook page, String word) {
    return page.markdown()
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).contains(word))
        .findFirst()
        .orElse(page.name());
  }

  @Override
  public void replace(List<Runbook> all) {
    var sorted = new TreeMap<String, Runbook>();
    all.forEach(page -> sorted.put(page.name(), page));
    pages = sorted;
  }

  @Override
  public void vote(String name, String person, boolean helpful) {
    votes.computeIfAbsent(name, key -> new ConcurrentHashMap<>()).put(person, helpful);
  }

  @Override
  public Map<String, Votes> votes() {
    return votes.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> counted(one.getValue())));
  }

  private static Votes counted(Map<String, Boolean> said) {
    long helpful = said.values().stream().filter(word -> word).count();
    return new Votes(helpful, said.size() - helpful);
  }
}

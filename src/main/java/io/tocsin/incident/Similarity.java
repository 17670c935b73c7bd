package io.tocsin.incident;

import io.tocsin.alert.Alert;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How alike two incidents are: the share of words, alert names and components that they have in
 * common (Jaccard's index).
 *
 * @see <a href="https://en.wikipedia.org/wiki/Jaccard_index">Jaccard index</a>
 */
public final class Similarity {

  private static final double LEAST = 0.2;
  private static final int ALERTS = 50;

  private Similarity() {}

  /** An incident with how alike it is, 0 to 1. */
  public record Alike(Incident incident, double share) {}

  /** The most alike of others, most alike first. */
  public static List<Alike> of(Incident incident, List<Incident> others, int most) {
    Set<String> mine = words(incident);
    return others.stream()
        .filter(other -> !other.id().equals(incident.id()))
        .map(other -> new Alike(other, share(mine, words(other))))
        .filter(alike -> alike.share() >= LEAST)
        .sorted(Comparator.comparing(Alike::share).reversed())
        .limit(most)
        .toList();
  }

  private static double share(Set<String> one, Set<String> other) {
    var common = new HashSet<>(one);
    common.retainAll(other);
    int all = one.size() + other.size() - common.size();
    return all == 0 ? 0 : (double) common.size() / all;
  }

  private static Set<String> words(Incident incident) {
    var words = new HashSet<String>();
    for (String word : incident.title().toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (word.length() > 2) {
        words.add(word);
      }
    }
    incident.components().forEach(name -> words.add("component:" + name));
    for (Alert alert : incident.alerts().stream().limit(ALERTS).toList()) {
      words.add("alert:" + alert.spec().alertName());
      String job = alert.labels().get("job");
      words.add("job:" + job);
    }
    return words;
  }
}

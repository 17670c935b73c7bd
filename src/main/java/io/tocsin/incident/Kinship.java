package io.tocsin.incident;

import io.tocsin.alert.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How alike two open incidents are and in what: the share of labels that they have in common
 * (Jaccard's index) counts two thirds, that of the words of their titles and summaries one third.
 *
 * @param other the other incident
 * @param share how alike, 0 to 1
 * @param labels what agrees, as {@code instance=db-1}
 * @param words what both say
 * @param apart time between their starts
 * @see <a href="https://en.wikipedia.org/wiki/Jaccard_index">Jaccard index</a>
 */
public record Kinship(
    Incident other, double share, List<String> labels, List<String> words, Duration apart) {

  private static final int ALERTS = 50;
  private static final int LEAST_LETTERS = 3;
  private static final int MOST_COMPARED = 500;

  public Kinship {
    labels = List.copyOf(labels);
    words = List.copyOf(words);
  }

  /** The open incidents that an incident may be one with, most alike first. */
  public static List<Kinship> of(
      Incident incident, List<Incident> open, CorrelationPolicy policy, int most) {
    var mine = Traits.of(incident, policy);
    var kin = new ArrayList<Kinship>();
    open.stream()
        .filter(other -> other.open() && !other.id().equals(incident.id()))
        .filter(other -> !Split.apart(incident.group(), other.group()))
        .filter(other -> apart(incident, other).compareTo(policy.within()) <= 0)
        .limit(MOST_COMPARED)
        .forEach(other -> mine.with(other, apart(incident, other), policy).ifPresent(kin::add));
    kin.sort(Comparator.comparingDouble(Kinship::share).reversed().thenComparing(it -> it.apart()));
    return List.copyOf(kin.subList(0, Math.min(most, kin.size())));
  }

  private static Duration apart(Incident one, Incident other) {
    return Duration.between(one.openedAt(), other.openedAt()).abs();
  }

  /** Why, in words for people. */
  public String why() {
    String agree = labels.isEmpty() ? "" : "; agree on " + String.join(", ", labels);
    String say = words.isEmpty() ? "" : "; both say " + String.join(", ", words);
    String near = "began " + Timeline.words(apart) + " apart";
    return String.format(Locale.ROOT, "%.0f %% alike: ", share * 100) + near + agree + say;
  }

  /** What an incident can be compared by. */
  private record Traits(Set<String> labels, Set<String> words) {

    static Traits of(Incident incident, CorrelationPolicy policy) {
      var labels = new HashSet<String>();
      var words = new HashSet<String>();
      read(incident.title(), words);
      incident.components().forEach(name -> labels.add("component=" + name));
      for (Alert alert : incident.alerts().stream().limit(ALERTS).toList()) {
        alert
            .labels()
            .toMap()
            .forEach(
                (name, value) -> {
                  if (!policy.ignored().contains(name) && !name.startsWith("__")) {
                    labels.add(name + "=" + value);
                  }
                });
        read(alert.summary(), words);
      }
      return new Traits(labels, words);
    }

    private static void read(String text, Set<String> into) {
      for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
        if (word.length() >= LEAST_LETTERS) {
          into.add(word);
        }
      }
    }

    /** Words alone do not make kin: something named must agree. */
    Optional<Kinship> with(Incident other, Duration apart, CorrelationPolicy policy) {
      Traits theirs = of(other, policy);
      Set<String> agreed = common(labels, theirs.labels);
      Set<String> said = common(words, theirs.words);
      double share =
          (2 * share(agreed, labels, theirs.labels) + share(said, words, theirs.words)) / 3;
      return agreed.isEmpty() || share < policy.suggestAt()
          ? Optional.empty()
          : Optional.of(new Kinship(other, share, List.copyOf(agreed), List.copyOf(said), apart));
    }

    private static Set<String> common(Set<String> one, Set<String> other) {
      var common = new TreeSet<>(one);
      common.retainAll(other);
      return common;
    }

    private static double share(Set<String> common, Set<String> one, Set<String> other) {
      int all = one.size() + other.size() - common.size();
      return all == 0 ? 0 : (double) common.size() / all;
    }
  }
}

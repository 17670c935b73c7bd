package io.tocsin.postmortem;

import io.tocsin.incident.IncidentId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Texts of post-mortems that people typed and have not saved yet: the newest of each person, so
 * that a closed window loses nothing. Calls may block.
 */
public interface UnsavedTexts {

  /**
   * A text on its way.
   *
   * @param basedOn the version its writer began from
   */
  record Unsaved(IncidentId incident, String person, int basedOn, String markdown, Instant at) {}

  /** Keeps a text in the place of the person's earlier one. */
  void keep(Unsaved text);

  /** Everybody's text on an incident, newest first. */
  List<Unsaved> of(IncidentId incident);

  /** The person saved it, or does not want it any more. */
  void forget(IncidentId incident, String person);

  /** Texts as long as the process lives. */
  static UnsavedTexts inMemory() {
    record Key(IncidentId incident, String person) {}
    var texts = new ConcurrentHashMap<Key, Unsaved>();
    return new UnsavedTexts() {
      @Override
      public void keep(Unsaved text) {
        texts.put(new Key(text.incident(), text.person()), text);
      }

      @Override
      public List<Unsaved> of(IncidentId incident) {
        return texts.values().stream()
            .filter(text -> text.incident().equals(incident))
            .sorted((a, b) -> b.at().compareTo(a.at()))
            .toList();
      }

      @Override
      public void forget(IncidentId incident, String person) {
        texts.remove(new Key(incident, person));
      }
    };
  }
}

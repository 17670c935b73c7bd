package io.tocsin.statuspage;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Something to tell subscribers, with its words as they were when it was first seen.
 *
 * @param id names it for ever: one content for each subscriber, incident and transition
 * @param lane what is told in order: the incident, the planned work, the component
 * @param kind what it is about
 * @param at when it happened
 * @param components ids of the listed components it concerns; empty: all
 * @param words by label of the language
 * @param webhook the body in Statuspage's shape, without its {@code meta}; empty where none goes
 */
public record News(
    String id,
    String lane,
    Kind kind,
    Instant at,
    List<String> components,
    Map<String, Words> words,
    String webhook) {

  /** What it is about. The first three concern one subscriber and always go by e-mail. */
  public enum Kind {
    CONFIRM,
    KNOWN,
    DISABLED,
    INCIDENT,
    MAINTENANCE,
    /** A component's state; goes to webhooks only. */
    COMPONENT;

    /** Whether it is about the subscription itself. */
    public boolean personal() {
      return this == CONFIRM || this == KNOWN || this == DISABLED;
    }
  }

  /**
   * In one language.
   *
   * @param subject of a mail, the facts in one line
   * @param title heading
   * @param text what happened
   * @param link where the public reads more
   */
  public record Words(String subject, String title, String text, String link) {}

  public News {
    components = List.copyOf(components);
    words = Map.copyOf(words);
  }

  /** The words in a language, or in English. */
  public Words in(Language language) {
    Words own = words.get(language.label());
    return own != null ? own : words.getOrDefault(Language.EN.label(), new Words("", "", "", ""));
  }
}

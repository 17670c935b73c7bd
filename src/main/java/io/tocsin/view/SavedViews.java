package io.tocsin.view;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Filters of lists that people saved under a name. They are the whole team's: whoever was woken at
 * night finds the filter that a colleague made by day. Calls may block.
 */
public interface SavedViews {

  /** So many views one list has at most: more are no shortcut. */
  int MOST = 30;

  /** So many characters a name has at most. */
  int LONGEST_NAME = 40;

  /** So many characters a query has at most. */
  int LONGEST_QUERY = 1_000;

  /**
   * A filter of a list.
   *
   * @param list the list's path, as in {@code /alerts}
   * @param name unique among the list's views
   * @param query what follows the path's question mark
   * @param by who saved it
   */
  record View(String list, String name, String query, String by, Instant at) {
    public View {
      if (name.isBlank() || name.length() > LONGEST_NAME) {
        throw new IllegalArgumentException(
            "name: found \"%s\", expected 1 to %d characters".formatted(name, LONGEST_NAME));
      }
      if (query.isEmpty() || query.length() > LONGEST_QUERY) {
        throw new IllegalArgumentException(
            "query: found %d characters, expected 1 to %d"
                .formatted(query.length(), LONGEST_QUERY));
      }
    }
  }

  /** A list's views by name. */
  List<View> of(String list);

  /**
   * Keeps a view.
   *
   * @return false when the list has one of that name, or {@link #MOST} already; nothing changes
   */
  boolean add(View view);

  /**
   * Removes a view.
   *
   * @return whether there was one
   */
  boolean remove(String list, String name);

  /** Views as long as the process lives. */
  static SavedViews inMemory() {
    record Key(String list, String name) {}
    Map<Key, View> views = new ConcurrentHashMap<>();
    return new SavedViews() {
      @Override
      public List<View> of(String list) {
        return views.values().stream()
            .filter(view -> view.list().equals(list))
            .sorted(Comparator.comparing(View::name))
            .toList();
      }

      @Override
      public boolean add(View view) {
        return of(view.list()).size() < MOST
            && views.putIfAbsent(new Key(view.list(), view.name()), view) == null;
      }

      @Override
      public boolean remove(String list, String name) {
        return views.remove(new Key(list, name)) != null;
      }
    };
  }
}

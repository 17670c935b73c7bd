package io.tocsin.web;

import io.tocsin.access.Principal;
import io.tocsin.settings.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the pages about Tocsin itself ask for.
 *
 * @param configuration what is in force, and how its last reading ended
 * @param reload reads the files anew and decides by them; throws when they are bad; blocks
 * @param about what runs here and how it is; blocks
 */
public record HousePorts(
    Supplier<Loaded> configuration, Consumer<Principal> reload, Supplier<AboutView> about) {

  /**
   * The configuration in force.
   *
   * @param file the main file
   * @param at when it was read
   * @param summary what is in it, in a line
   * @param trouble why a later reading was refused; empty when the files are what is in force
   * @param notes what to know of it all the same
   * @param settings each value with where it comes from
   */
  public record Loaded(
      String file,
      Instant at,
      String summary,
      Optional<String> trouble,
      List<String> notes,
      List<Setting> settings) {
    public Loaded {
      notes = List.copyOf(notes);
      settings = List.copyOf(settings);
    }
  }
}

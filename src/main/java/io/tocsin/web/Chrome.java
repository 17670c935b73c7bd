package io.tocsin.web;

import io.tocsin.access.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What surrounds every page of the console.
 *
 * @param person who looks
 * @param demo whether this is the demo
 * @param publicAddress where the status page is, if it is told
 * @param scopes what the person may do
 * @param settings whether there are pages of people and access
 * @param environment what is watched from here, as in {@code production}
 * @param rail the pages there are
 * @param onCall who carries the pager now, by schedule
 * @param position how far the live feed was when this was rendered
 */
public record Chrome(
    String person,
    boolean demo,
    Optional<String> publicAddress,
    String environment,
    List<RailEntry> rail,
    List<Duty> onCall,
    String position,
    Set<Scope> scopes,
    boolean settings) {

  /** The entries that a phone's bar shows; the others are behind "More". */
  private static final int THUMBS = 4;

  /** A schedule and who has it now; nobody in a gap. */
  public record Duty(String schedule, Optional<String> person) {}

  public Chrome {
    rail = List.copyOf(rail);
    onCall = List.copyOf(onCall);
    scopes = Set.copyOf(scopes);
  }

  /** Entries for a thumb. */
  public List<RailEntry> first() {
    return rail.subList(0, Math.min(THUMBS, rail.size()));
  }

  /** All others. */
  public List<RailEntry> rest() {
    return rail.subList(Math.min(THUMBS, rail.size()), rail.size());
  }

  /** Whether the person may do what a scope allows; hide the button otherwise. */
  public boolean may(Scope scope) {
    return Scope.allows(scopes, scope);
  }
}

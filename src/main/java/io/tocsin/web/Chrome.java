package io.tocsin.web;

import io.tocsin.access.Scope;
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
 */
public record Chrome(
    String person,
    boolean demo,
    Optional<String> publicAddress,
    Set<Scope> scopes,
    boolean settings) {

  /** Whether the person may do what a scope allows; hide the button otherwise. */
  public boolean may(Scope scope) {
    return Scope.allows(scopes, scope);
  }
}

package io.tocsin.web;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Whom of the identity provider's people a private page is for.
 *
 * @param groups one of which they must be in; empty: everyone the provider signs on
 * @param session how long they may read before they sign in again
 */
public record PageMembers(List<String> groups, Duration session) {

  public PageMembers {
    groups = List.copyOf(groups);
  }

  /** Whether somebody in these groups is one of them. */
  boolean include(Collection<String> of) {
    return groups.isEmpty() || groups.stream().anyMatch(of::contains);
  }
}

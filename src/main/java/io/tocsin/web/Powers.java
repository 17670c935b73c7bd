package io.tocsin.web;

import io.tocsin.access.Principal;
import io.tocsin.access.Scope;

/**
 * What whoever looks may do, for the parts of a page that are rendered alone: a button that would
 * be refused is not drawn.
 *
 * @param tells may post updates
 * @param responds may act
 */
public record Powers(boolean tells, boolean responds) {

  static Powers of(Principal principal) {
    return new Powers(principal.may(Scope.COMMUNICATE), principal.may(Scope.RESPOND));
  }
}

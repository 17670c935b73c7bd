package io.tocsin.http.oidc;

import io.tocsin.access.Role;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends browsers to the identity provider and hears from it who they are. Any listener may use it:
 * keep {@link Departure#keep} in an HttpOnly, SameSite=Lax cookie for ten minutes, send the browser
 * to {@link Departure#to}, and give what comes back at the callback to {@link #arrive}. Calls
 * block.
 */
public interface SignOn {

  /**
   * Off to the provider.
   *
   * @param to where to send the browser
   * @param keep what its cookie holds until it is back
   */
  record Departure(URI to, String keep) {}

  /**
   * Back from the provider.
   *
   * @param subject who it is, issuer and subject; never reused
   * @param name how they are called; anybody may choose one, so it is no proof of anything
   * @param groups they are in
   * @param role that these give, empty for none
   * @param back where the browser wanted to go, as given to {@link #depart}
   */
  record Arrival(
      String subject, String name, List<String> groups, Optional<Role> role, String back) {}

  /** The provider's word does not hold, or it said no; the text is fit to show. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Refused(String reason) {
      super(reason, null, false, false);
    }

    public Refused(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** What the button calls it. */
  String title();

  /**
   * Starts.
   *
   * @param callback where the provider sends the browser back to; it must know this address
   * @param back kept until then
   * @throws Refused when the provider cannot be reached or describes itself wrongly
   */
  Departure depart(URI callback, String back, Instant now);

  /**
   * Ends.
   *
   * @param query the callback's parameters
   * @param kept the cookie's value
   * @throws Refused unless everything holds
   */
  Arrival arrive(URI callback, Map<String, String> query, String kept, Instant now);

  /** Where a browser logs out of the provider too, and comes back from. */
  Optional<URI> endSession(URI back);
}

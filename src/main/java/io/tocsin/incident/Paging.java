package io.tocsin.incident;

import io.tocsin.oncall.Contact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far an incident's escalation went.
 *
 * @param policy name of the policy whose step was taken last; empty text before the first
 * @param round how often that policy began anew
 * @param reached whether the last step called anybody
 * @param pages who was called, in order
 * @param silencedSeq number of the event that acknowledged; 0 while nobody has
 * @param touchedAt when a person last did anything on the incident
 */
public record Paging(
    String policy,
    int round,
    boolean reached,
    List<Page> pages,
    long silencedSeq,
    Optional<Instant> touchedAt) {

  /** Nobody was called. */
  public static final Paging NONE = new Paging("", 0, true, List.of(), 0, Optional.empty());

  /** The most pages that are remembered; the oldest go first. */
  private static final int MOST = 1000;

  public Paging {
    pages = List.copyOf(pages);
  }

  Paging escalated(IncidentEvent event, Change.Escalated change) {
    List<Page> kept = with(event, change.step(), change.contacts());
    return new Paging(
        change.policy(),
        change.round(),
        !change.contacts().isEmpty(),
        kept,
        silencedSeq,
        touchedAt);
  }

  /** With people called beside the escalation. */
  Paging called(IncidentEvent event, List<Contact> contacts) {
    return new Paging(policy, round, reached, with(event, 0, contacts), silencedSeq, touchedAt);
  }

  private List<Page> with(IncidentEvent event, int step, List<Contact> contacts) {
    var all = new ArrayList<>(pages);
    contacts.forEach(
        contact ->
            all.add(
                new Page(
                    event.seq(),
                    step,
                    contact.person(),
                    contact.receiver(),
                    event.at(),
                    event.at().plus(contact.after()))));
    return all.size() > MOST ? all.subList(all.size() - MOST, all.size()) : all;
  }

  /** Nobody is called any more; the incident came back. */
  Paging anew() {
    return new Paging("", 0, true, List.of(), 0, touchedAt);
  }

  /** Acknowledged by an event, or no longer when 0. */
  Paging silenced(long seq) {
    return new Paging(policy, round, reached, pages, seq, touchedAt);
  }

  /**
   * Whether a page is still to ring: an acknowledgement silences what was called before it, not
   * what is called after it.
   */
  public boolean live(Page page) {
    return page.seq() > silencedSeq;
  }

  Paging touched(Instant at) {
    return new Paging(policy, round, reached, pages, silencedSeq, Optional.of(at));
  }
}

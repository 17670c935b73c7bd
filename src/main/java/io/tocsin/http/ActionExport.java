package io.tocsin.http;

import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.postmortem.ActionItem;
import io.tocsin.postmortem.FollowUpStore;
import java.util.List;

/** Makes issues of action items, one of each, and remembers where. Calls block. */
public final class ActionExport {

  private final Trackers trackers;
  private final IncidentStore incidents;
  private final FollowUpStore store;

  public ActionExport(Trackers trackers, IncidentStore incidents, FollowUpStore store) {
    this.trackers = trackers;
    this.incidents = incidents;
    this.store = store;
  }

  /** Receivers that keep issues. */
  public interface Trackers {

    /** The names of those there are. */
    List<String> names();

    /**
     * Opens an issue.
     *
     * @param about the incident, whose address is put under the text
     * @return where it is
     * @throws IllegalArgumentException when the receiver keeps no issues or refused
     */
    String open(String receiver, String title, String text, IncidentId about);
  }

  /** The names of the receivers that keep issues. */
  public List<String> trackers() {
    return trackers.names();
  }

  /**
   * Opens an issue for an item.
   *
   * @return the item, which names its issue now
   * @throws IllegalArgumentException saying what is expected of the receiver, when it keeps no
   *     issues or refused
   * @throws ProblemException 409 when the item has an issue already
   */
  public ActionItem export(ActionItem item, String receiver) {
    item.issue()
        .ifPresent(
            issue -> {
              throw ProblemException.conflict("it is exported already: " + issue);
            });
    ActionItem exported =
        item.exported(trackers.open(receiver, item.text(), words(item), item.incident()));
    store.save(exported);
    return exported;
  }

  private String words(ActionItem item) {
    return "Action item of incident "
        + incidents
            .find(item.incident())
            .map(incident -> "#" + incident.number() + " " + incident.title())
            .orElseGet(() -> item.incident().value())
        + item.owner().map(owner -> "\nOwner: " + owner).orElse("")
        + item.dueOn().map(due -> "\nDue: " + due).orElse("");
  }
}

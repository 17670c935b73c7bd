package io.tocsin.notify;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.firing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentExamples;
import io.tocsin.incident.IncidentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Several commits as one leave the same behind as one after the other. */
class CommitTest {

  /** What is stored after commits. */
  private static final class Stored {
    private final Map<AlertKey, Alert> alerts = new HashMap<>();
    private final Map<IncidentId, Incident> incidents = new HashMap<>();
    private final List<IncidentEvent> events = new ArrayList<>();

    Stored with(Commit commit) {
      commit.alerts().forEach(alert -> alerts.put(alert.key(), alert));
      commit.gone().forEach(alerts::remove);
      commit.incidents().forEach(incident -> incidents.put(incident.id(), incident));
      events.addAll(commit.events());
      return this;
    }

    List<Object> all() {
      return List.of(alerts, incidents, events);
    }
  }

  private static Alert alert(int which, int step) {
    return firing("Alert" + which, T0.plusSeconds(step));
  }

  private static List<Commit> commits(List<Set<Integer>> changed, List<Set<Integer>> forgotten) {
    var commits = new ArrayList<Commit>();
    Incident incident = IncidentExamples.open(1, "Database", Severity.HIGH, T0);
    for (int i = 0; i < Math.min(changed.size(), forgotten.size()); i++) {
      int step = i;
      var gone = new HashSet<>(forgotten.get(i));
      gone.removeAll(changed.get(i));
      IncidentEvent event =
          IncidentExamples.next(incident, new Change.NoteAdded("step " + i), T0.plusSeconds(i));
      incident = IncidentExamples.after(incident, event.change(), event.at());
      commits.add(
          new Commit(
              changed.get(i).stream().map(which -> alert(which, step)).toList(),
              gone.stream().map(which -> alert(which, step).key()).toList(),
              List.of(incident),
              List.of(event),
              List.of()));
    }
    return commits;
  }

  @Property(tries = 300)
  void asOneTheyLeaveTheSameBehind(
      @ForAll @Size(max = 6) List<@Size(max = 4) Set<@IntRange(max = 4) Integer>> changed,
      @ForAll @Size(max = 6) List<@Size(max = 4) Set<@IntRange(max = 4) Integer>> forgotten) {
    List<Commit> commits = commits(changed, forgotten);
    var oneByOne = new Stored();
    commits.forEach(oneByOne::with);
    Commit together = commits.stream().reduce(Commit.NOTHING, Commit::and);
    assertThat(new Stored().with(together).all()).isEqualTo(oneByOne.all());
  }

  @Test
  void nothingAndNothingIsNothing() {
    assertThat(Commit.NOTHING.and(Commit.NOTHING).isEmpty()).isTrue();
  }
}

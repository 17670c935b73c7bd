package io.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.incident.Change;
import io.tocsin.notify.Outbox;
import io.tocsin.notify.Transition;
import io.tocsin.postgres.Database;
import io.tocsin.postgres.Leadership;
import io.tocsin.postgres.Node;
import io.tocsin.postgres.TestDatabase;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code kill -9} at every boundary of the road over PostgreSQL: the same incidents and the same
 * messages come out as without. Each boundary the first time that it is passed; with {@code
 * -Dtocsin.crash.matrix=true} every time: {@code mvn -q test -Dtest=KilledAnywhereTest
 * -Dtocsin.crash.matrix=true}.
 */
@ExtendWith(TestDatabase.class)
class KilledAnywhereTest {

  /** What stands between two steps, in the order in which it is first passed. */
  private static final Set<String> STEPS =
      Set.of(
          "alerts accepted",
          "decided",
          "committed",
          "command answered",
          "leased",
          "sent, not marked",
          "marked",
          "resolved, not drafted",
          "drafted",
          "resolved by hand, alerts not ended");

  /** Every table that the road writes; before and after each statement is a boundary. */
  private static final Set<String> WRITES =
      Set.of(
          "insert posted_alert",
          "delete posted_alert",
          "insert alert",
          "delete alert",
          "insert incident",
          "insert incident_event",
          "insert delivery",
          "update delivery",
          "insert delivery_attempt",
          "insert postmortem");

  /** Events that are one more row of the same commit; what they mean has tests of its own. */
  private static final Set<String> ALIKE =
      Set.of(
          "Assigned",
          "RoleTaken",
          "RoleProposed",
          "TaskChanged",
          "LinkAdded",
          "Linked",
          "StakeholdersInformed",
          "ClocksPaused",
          "ClocksResumed",
          "ClockReminded",
          "PublicationChanged",
          "AlertsChanged",
          "AlertsMasked",
          "MergedInto",
          "SplitOff",
          "SplitFrom");

  /**
   * Messages that are one more row of the outbox; a reminder comes of a round that repeats itself.
   */
  private static final Set<Transition.Kind> ALIKE_MESSAGES =
      EnumSet.of(
          Transition.Kind.ALERTS_CHANGED,
          Transition.Kind.REPEAT,
          Transition.Kind.NOTE,
          Transition.Kind.REMINDER);

  private final Database database;
  private Node node;
  private Leadership leadership;

  KilledAnywhereTest(Database database) {
    this.database = database;
  }

  @BeforeEach
  void lead() {
    node = Node.register(database, "one");
    leadership = new Leadership(database, node);
    assertThat(leadership.campaign()).isTrue();
  }

  @AfterEach
  void stepDown() {
    database.jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    leadership.close();
  }

  private KilledStory tell(Boundaries boundaries) {
    database.jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "TRUNCATE alert, incident, incident_event, incident_alert, delivery,"
                        + " delivery_attempt, posted_alert, postmortem CASCADE"));
    database.jdbi().setSqlLogger(boundaries);
    return new KilledStory(database, leadership, node, boundaries).tell();
  }

  @Test
  void everyBoundaryOfTheRoadIsKnownAndPassed() {
    var boundaries = new Boundaries("", 0);
    KilledStory whole = tell(boundaries);
    var expected = new TreeSet<>(STEPS);
    WRITES.forEach(write -> Stream.of("before ", "after ").forEach(s -> expected.add(s + write)));
    assertThat(new TreeSet<>(boundaries.passed().keySet()))
        .as("a boundary that the story does not know, or no longer passes")
        .isEqualTo(expected);
    assertThat(methods(Outbox.class))
        .as("a way in or out of the outbox: it needs a boundary here, unless it only reads")
        .containsExactlyInAnyOrder(
            "restore", "commit", "lease", "record", "replay", "deliveries", "backlog");
    assertThat(union(whole.changes(), ALIKE))
        .as("an event that the story does not tell and nobody called alike")
        .isEqualTo(names(Change.class.getPermittedSubclasses()));
    var kinds = EnumSet.copyOf(whole.kinds());
    kinds.addAll(ALIKE_MESSAGES);
    assertThat(kinds).isEqualTo(EnumSet.allOf(Transition.Kind.class));
  }

  @Test
  void killedAtAnyBoundaryTheSameIncidentsAndTheSameMessagesComeOut() {
    var counted = new Boundaries("", 0);
    Map<String, Object> whole = tell(counted).seen();
    for (Map.Entry<String, Integer> boundary : counted.passed().entrySet()) {
      for (int time = 1; time <= boundary.getValue(); time++) {
        if (time == 1 || Boolean.getBoolean("tocsin.crash.matrix")) {
          var killing = new Boundaries(boundary.getKey(), time);
          Map<String, Object> seen = tell(killing).seen();
          assertThat(killing.killed()).as(boundary + " for the " + time + ". time").isTrue();
          assertThat(seen).as(boundary + " for the " + time + ". time").isEqualTo(whole);
        }
      }
    }
  }

  private static Set<String> methods(Class<?> port) {
    return Arrays.stream(port.getDeclaredMethods())
        .filter(method -> !method.isSynthetic())
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  private static Set<String> names(Class<?>[] types) {
    return Arrays.stream(types).map(Class::getSimpleName).collect(Collectors.toSet());
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    var all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }
}

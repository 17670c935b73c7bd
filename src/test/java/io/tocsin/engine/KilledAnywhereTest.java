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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code kill -9} at every boundary of the road over PostgreSQL: the same incidents and the same
 * messages come out as without. Each boundary the first time that it is passed and the last; with
 * {@code -Dtocsin.crash.matrix=true} every time: {@code mvn -q test -Dtest=KilledAnywhereTest
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
          "not taken, not marked",
          "marked as not taken",
          "back, not hastened",
          "hastened",
          "dead, not replayed",
          "replayed",
          "resolved, not drafted",
          "drafted",
          "resolved by hand, alerts not ended");

  /** What the road writes in one round trip; before and after each is a boundary. */
  private static final Set<String> WRITES =
      Set.of(
          "insert posted_alert",
          "delete posted_alert",
          "insert alert",
          "insert alert, insert incident, insert incident_event",
          "insert alert, delete alert, insert incident, insert incident_event",
          "delete alert, insert incident, insert incident_event",
          "insert incident, insert incident_event",
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

  /** How many lives the first passes of all boundaries are spread over, and the last ones. */
  private static final int LIVES = 5;

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
    var boundaries = new Boundaries(Map.of());
    KilledStory whole = tell(boundaries);
    var expected = new TreeSet<>(STEPS);
    WRITES.forEach(write -> Stream.of("before ", "after ").forEach(s -> expected.add(s + write)));
    assertThat(new TreeSet<>(boundaries.passed().keySet()))
        .as("a boundary that the story does not know, or no longer passes")
        .isEqualTo(expected);
    assertThat(methods(Outbox.class))
        .as("a way in or out of the outbox: it needs a boundary here, unless it only reads")
        .containsExactlyInAnyOrder(
            "restore", "commit", "lease", "record", "hasten", "replay", "deliveries", "backlog");
    assertThat(union(whole.changes(), ALIKE))
        .as("an event that the story does not tell and nobody called alike")
        .isEqualTo(names(Change.class.getPermittedSubclasses()));
    var kinds = EnumSet.copyOf(whole.kinds());
    kinds.addAll(ALIKE_MESSAGES);
    assertThat(kinds).isEqualTo(EnumSet.allOf(Transition.Kind.class));
  }

  @Test
  void killedAtAnyBoundaryTheSameIncidentsAndTheSameMessagesComeOut() {
    var counted = new Boundaries(Map.of());
    Map<String, Object> whole = tell(counted).seen();
    for (Map<String, Integer> kills : lives(counted.passed())) {
      var killing = new Boundaries(kills);
      Map<String, Object> seen = tell(killing).seen();
      // What an earlier end of this life made unneeded gets a life of its own.
      killing.left().forEach(boundary -> killedOnce(boundary, kills.get(boundary), whole));
      if (!seen.equals(whole)) {
        kills.forEach((boundary, time) -> killedOnce(boundary, time, whole));
        assertThat(seen).as("killed at each of " + kills).isEqualTo(whole);
      }
    }
  }

  private void killedOnce(String boundary, int time, Map<String, Object> whole) {
    var killing = new Boundaries(Map.of(boundary, time));
    assertThat(tell(killing).seen()).as(boundary + " for the " + time + ". time").isEqualTo(whole);
    assertThat(killing.left()).as("ends that were not met").isEmpty();
  }

  /**
   * Which life ends where: at every boundary the first time that it is passed, and the last time.
   * One life ends at several, far apart, since it is the lives that take the time; with the matrix
   * each ends at one, and every time has its life.
   */
  private static List<Map<String, Integer>> lives(Map<String, Integer> passed) {
    if (Boolean.getBoolean("tocsin.crash.matrix")) {
      return passed.entrySet().stream()
          .flatMap(
              boundary ->
                  IntStream.rangeClosed(1, boundary.getValue())
                      .mapToObj(time -> Map.of(boundary.getKey(), time)))
          .toList();
    }
    var lives = new ArrayList<Map<String, Integer>>();
    for (int i = 0; i < 2 * LIVES; i++) {
      lives.add(new TreeMap<>());
    }
    int turn = 0;
    for (Map.Entry<String, Integer> boundary : passed.entrySet()) {
      lives.get(turn).put(boundary.getKey(), 1);
      lives.get(LIVES + turn).put(boundary.getKey(), boundary.getValue());
      turn = (turn + 1) % LIVES;
    }
    return lives;
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

package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.T0;

import io.tocsin.alert.Severity;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happens in a minute of the story.
 *
 * @param down whether the database is down
 * @param slow whether the web app is slow
 * @param stuck whether the queue is stuck, which only its sender or a person can end
 * @param command what Ana asks for
 */
record StoryMinute(
    int at, boolean down, boolean slow, boolean stuck, Optional<IncidentCommand> command) {

  static final List<StoryMinute> ALL =
      List.of(
          quiet(0, true, false),
          quiet(1, true, true),
          quiet(12, true, true),
          quiet(16, true, true),
          asked(17, true, new IncidentCommand.Acknowledge()),
          asked(18, true, new IncidentCommand.AddNote("the disk is full")),
          asked(19, true, new IncidentCommand.PostUpdate(Phase.IDENTIFIED, true, "We know why.")),
          asked(20, false, new IncidentCommand.Unacknowledge()),
          asked(21, false, new IncidentCommand.ChangeSeverity(Severity.HIGH, Optional.empty())),
          quiet(30, false, false),
          quiet(33, true, false),
          quiet(40, false, false),
          stuck(50, true),
          new StoryMinute(
              51, false, false, true, Optional.of(new IncidentCommand.Resolve("it was a test"))),
          stuck(52, true),
          stuck(53, false),
          stuck(60, false));

  private static StoryMinute quiet(int at, boolean down, boolean slow) {
    return new StoryMinute(at, down, slow, false, Optional.empty());
  }

  private static StoryMinute stuck(int at, boolean stuck) {
    return new StoryMinute(at, false, false, stuck, Optional.empty());
  }

  private static StoryMinute asked(int at, boolean slow, IncidentCommand command) {
    return new StoryMinute(at, true, slow, false, Optional.of(command));
  }

  Instant time() {
    return T0.plusSeconds(60L * at);
  }
}

package io.tocsin.http;

import io.tocsin.alert.AlertIntake;
import io.tocsin.alert.AlertKey;
import io.tocsin.incident.Actor;
import io.tocsin.incident.HookLedger;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * What webhooks of others act on.
 *
 * @param intake the door for alerts
 * @param commands the door for commands
 * @param incidentOf the open incident that holds an alert, from memory
 * @param incidents as committed
 * @param ledger what was taken already
 */
public record HookDoor(
    AlertIntake intake,
    IncidentCommands commands,
    Function<AlertKey, Optional<IncidentId>> incidentOf,
    IncidentStore incidents,
    HookLedger ledger,
    InstantSource clock) {

  private static final Duration PATIENCE = Duration.ofSeconds(6);

  /** Asks and waits for the answer; on a virtual thread only. */
  Answer ask(IncidentId incident, IncidentCommand command, String actor) {
    try {
      return commands
          .submit(Optional.of(incident), command, new Actor(Actor.Kind.INTEGRATION, actor))
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      return new Answer.Unavailable("not confirmed in time");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Answer.Unavailable("Tocsin is shutting down");
    }
  }

  /** 503 where a command could not be made durable, so that its sender comes again. */
  void durably(IncidentId incident, IncidentCommand command, String actor) {
    if (ask(incident, command, actor) instanceof Answer.Unavailable away) {
      throw ProblemException.unavailable(away.reason(), Duration.ofSeconds(5));
    }
  }
}

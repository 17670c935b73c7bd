package io.tocsin.incident;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The door for human commands. A command becomes {@link IncidentEvent}s and leaves by the same road
 * as the engine's own; the stage completes when the result is durable.
 */
public interface IncidentCommands {

  /** Asks; {@code target} is empty only for {@link IncidentCommand.Declare}. */
  CompletionStage<Answer> submit(Optional<IncidentId> target, IncidentCommand command, Actor actor);

  /** What became of a command. */
  sealed interface Answer {
    /** It is durable; this is the incident after it. */
    record Done(Incident incident) implements Answer {}

    /** No such incident (404). */
    record NotFound(IncidentId id) implements Answer {}

    /** The incident's state does not allow it (409). */
    record Conflict(String reason) implements Answer {}

    /** The command itself is wrong (422). */
    record Invalid(String field, String found, String expected) implements Answer {}

    /** It could not be made durable in time (503). */
    record Unavailable(String reason) implements Answer {}
  }
}

package io.tocsin.engine;

import io.tocsin.incident.Actor;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentId;
import java.util.Optional;

/**
 * A command on its way to the desk.
 *
 * @param target which incident; empty to declare one
 * @param command what is asked
 * @param actor who asks
 * @param recalled the incident as stored, when it ended too long ago for the engine to know it
 */
record Order(
    Optional<IncidentId> target,
    IncidentCommand command,
    Actor actor,
    Optional<Incident> recalled) {}

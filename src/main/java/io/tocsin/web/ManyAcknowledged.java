package io.tocsin.web;

import io.tocsin.http.AuditTrail;
import io.tocsin.http.Request;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Acknowledges several incidents at once; one that cannot be keeps no other from it. */
final class ManyAcknowledged {

  private final ConsolePorts ports;

  ManyAcknowledged(ConsolePorts ports) {
    this.ports = ports;
  }

  /** Incidents by their ids. */
  Several incidents(Request request, Set<String> chosen) {
    return chosen.isEmpty() ? Several.none() : acknowledge(request, chosen, new ArrayList<>());
  }

  /** The open incidents that hold these alerts. */
  Several alerts(Request request, Set<String> fingerprints) {
    if (fingerprints.isEmpty()) {
      return Several.none();
    }
    Map<String, Incident> holders = new LinkedHashMap<>();
    for (Incident incident : ports.work().open().get()) {
      incident.alerts().forEach(it -> holders.put(it.key().fingerprint(), incident));
    }
    var ids = new java.util.LinkedHashSet<String>();
    var failed = new ArrayList<String>();
    for (String fingerprint : fingerprints) {
      Incident holder = holders.get(fingerprint);
      if (holder == null) {
        failed.add(name(fingerprint) + " belongs to no open incident.");
      } else {
        ids.add(holder.id().value());
      }
    }
    return acknowledge(request, ids, failed);
  }

  private String name(String fingerprint) {
    return AlertPages.all(ports.alerts()).stream()
        .map(marked -> marked.alert())
        .filter(alert -> alert.key().fingerprint().equals(fingerprint))
        .map(alert -> "\"" + alert.summary() + "\"")
        .findFirst()
        .orElse("An alert that has ended meanwhile");
  }

  private Several acknowledge(Request request, Set<String> ids, List<String> failed) {
    Actor actor = Actor.person(request.principal().name());
    Map<String, CompletionStage<Answer>> asked = new LinkedHashMap<>();
    for (String id : ids) {
      asked.put(id, ask(id, actor));
    }
    long until = System.nanoTime() + IncidentActs.PATIENCE.toNanos();
    var done = new ArrayList<String>();
    var deeds = new ArrayList<AuditTrail.Deed>();
    asked.forEach(
        (id, future) -> {
          Answer answer = IncidentActs.answer(future, until - System.nanoTime());
          if (answer instanceof Answer.Done it) {
            done.add("#" + it.incident().number());
          } else {
            failed.add(named(id) + ": " + IncidentActs.words(answer));
          }
          deeds.add(new AuditTrail.Deed(id, answer instanceof Answer.Done, Map.of()));
        });
    AuditTrail.each(request.context(), deeds);
    return new Several(
        Several.count(done.size(), "incident")
            + " acknowledged"
            + (done.isEmpty() ? "" : ": " + String.join(", ", done))
            + ".",
        failed);
  }

  private String named(String id) {
    try {
      return ports
          .incidents()
          .find(new IncidentId(id))
          .map(it -> "#" + it.number() + " " + it.title())
          .orElse(id);
    } catch (IllegalArgumentException none) {
      return id;
    }
  }

  private CompletionStage<Answer> ask(String id, Actor actor) {
    try {
      return ports
          .commands()
          .submit(Optional.of(new IncidentId(id)), new IncidentCommand.Acknowledge(), actor);
    } catch (IllegalArgumentException none) {
      return CompletableFuture.completedStage(
          new Answer.Invalid("incident", id, "the id of an incident"));
    }
  }
}

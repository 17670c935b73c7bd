package io.tocsin.http;

import io.tocsin.incident.Actor;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A desk with one incident that answers commands as it is told and remembers them. */
final class FakeDesk implements IncidentStore, IncidentCommands {

  record Submitted(Optional<IncidentId> target, IncidentCommand command, Actor actor) {}

  final List<Submitted> submitted = new ArrayList<>();
  final List<Filter> searched = new ArrayList<>();
  Optional<Answer> refusal = Optional.empty();

  @Override
  public CompletionStage<Answer> submit(
      Optional<IncidentId> target, IncidentCommand command, Actor actor) {
    submitted.add(new Submitted(target, command, actor));
    if (target.isPresent() && !target.get().equals(Samples.ID)) {
      return CompletableFuture.completedFuture(new Answer.NotFound(target.get()));
    }
    return CompletableFuture.supplyAsync(
        () -> refusal.orElseGet(() -> new Answer.Done(Samples.incident())));
  }

  @Override
  public List<Incident> open() {
    return offTheEventLoop(List.of(Samples.incident()));
  }

  @Override
  public Optional<Incident> find(IncidentId id) {
    return offTheEventLoop(Optional.of(Samples.incident()).filter(it -> it.id().equals(id)));
  }

  @Override
  public List<IncidentEvent> events(IncidentId id) {
    return offTheEventLoop(Samples.events());
  }

  @Override
  public List<Incident> search(Filter filter) {
    searched.add(filter);
    return offTheEventLoop(List.of(Samples.incident()));
  }

  private static <T> T offTheEventLoop(T value) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("a blocking port was called on an event loop");
    }
    return value;
  }
}

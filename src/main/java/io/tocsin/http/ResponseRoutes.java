package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.incident.Actor;
import io.tocsin.incident.ChangeEventStore;
import io.tocsin.incident.CorrelationPolicy;
import io.tocsin.incident.CostRate;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.incident.Kinship;
import io.tocsin.incident.Precedent;
import io.tocsin.incident.Response;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How people work on an incident: tasks, links, related incidents; and what may help them: changes
 * before its start, similar incidents of the past.
 */
public final class ResponseRoutes implements Routes {

  private static final String PATH = "/api/v1/incidents/:id";
  private static final long MAX_BODY = 64 * 1024;
  private static final Duration BEFORE = Duration.ofHours(24);
  private static final int MOST_CHANGES = 50;
  private static final int MOST_SIMILAR = 5;

  private final IncidentStore store;
  private final IncidentCommands commands;
  private final ChangeEventStore changes;
  private final Function<Incident, List<String>> checklist;
  private final Economy economy;
  private final Blocking blocking;
  private final InstantSource clock;

  /**
   * What is asked anew at each call, as a reload may change it.
   *
   * @param correlation when two incidents look like one
   * @param cost what an hour of a responder costs, if somebody says so
   */
  public record Economy(
      Supplier<CorrelationPolicy> correlation, Supplier<Optional<CostRate>> cost) {}

  /**
   * @param checklist what the runbooks of an incident say is to be done; may block
   */
  public ResponseRoutes(
      IncidentStore store,
      IncidentCommands commands,
      ChangeEventStore changes,
      Function<Incident, List<String>> checklist,
      Economy economy,
      Blocking blocking,
      InstantSource clock) {
    this.store = store;
    this.commands = commands;
    this.changes = changes;
    this.checklist = checklist;
    this.economy = economy;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Words(String text) {}

  private record Check(boolean done) {}

  private record Link(Optional<String> kind, String href, Optional<String> text) {}

  private record Relation(String incident, Optional<String> relation) {}

  private record TaskJson(String id, String text, boolean done, Optional<String> by) {}

  private record LinkJson(String kind, String href, String text, Instant at) {}

  private record RelatedJson(String incident, String relation) {}

  private record SimilarJson(
      String id,
      long number,
      String title,
      String severity,
      Instant openedAt,
      Optional<Instant> resolvedAt,
      double share,
      Optional<String> how) {

    static SimilarJson of(Precedent precedent) {
      Incident other = precedent.incident();
      return new SimilarJson(
          other.id().value(),
          other.number(),
          other.title(),
          other.severity().label(),
          other.openedAt(),
          other.resolvedAt(),
          precedent.share(),
          precedent.how());
    }
  }

  private record MoneyJson(BigDecimal amount, String currency) {
    static MoneyJson of(CostRate.Money money) {
      return new MoneyJson(money.amount(), money.currency().getCurrencyCode());
    }
  }

  private record KinJson(
      String id,
      long number,
      String title,
      String severity,
      double share,
      List<String> labels,
      List<String> words,
      double apartSeconds,
      String why) {
    static KinJson of(Kinship kin) {
      return new KinJson(
          kin.other().id().value(),
          kin.other().number(),
          kin.other().title(),
          kin.other().severity().label(),
          kin.share(),
          kin.labels(),
          kin.words(),
          kin.apart().toMillis() / 1_000.0,
          kin.why());
    }
  }

  private record ContextJson(
      List<TaskJson> tasks,
      List<LinkJson> links,
      List<RelatedJson> related,
      List<String> people,
      double personHours,
      Optional<MoneyJson> cost,
      int reopened,
      List<ChangeRoutes.ChangeJson> changes,
      List<KinJson> suggestedMerges,
      List<SimilarJson> similar) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH + "/context")
        .needs(Scope.READ)
        .answersOn(blocking, request -> Reply.json(context(request.incident())));
    post(router, "/tasks", request -> new IncidentCommand.AddTask(request.json(Words.class).text));
    post(router, "/links", request -> link(request.json(Link.class)));
    post(router, "/related", this::relation);
    Operation.post(router, PATH + "/tasks/:task")
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::check);
    Operation.post(router, PATH + "/checklist")
        .needs(Scope.RESPOND)
        .reads(MAX_BODY)
        .answersOn(blocking, this::takeChecklist);
  }

  private void post(Router router, String verb, Function<Request, IncidentCommand> command) {
    Operation.post(router, PATH + verb)
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answersOn(
            blocking,
            request -> {
              submit(request, command.apply(request));
              return Reply.json(context(request.incident()));
            });
  }

  private static IncidentCommand link(Link link) {
    String kind = link.kind.orElse("attachment");
    if (!kind.equals("attachment") && !kind.equals("war_room")) {
      throw Request.wrong("kind", kind, "attachment or war_room");
    }
    return new IncidentCommand.AddLink(kind, link.href, link.text.orElse(link.href));
  }

  private IncidentCommand relation(Request request) {
    Relation relation = request.json(Relation.class);
    IncidentId other = Request.incident(relation.incident);
    if (store.find(other).isEmpty()) {
      throw ProblemException.of(
          422, "incident: found \"" + other + "\", expected the id of an incident");
    }
    return new IncidentCommand.LinkTo(other, relation.relation.orElse("related"));
  }

  private Reply check(Request request) {
    IncidentId id = request.incident();
    String task = request.path("task");
    Response.Task known =
        response(id)
            .task(task)
            .orElseThrow(() -> ProblemException.notFound("there is no task " + task));
    boolean done = request.json(Check.class).done;
    if (known.done() != done) {
      submit(request, new IncidentCommand.CheckTask(known.id(), known.text(), done));
    }
    return Reply.json(context(id));
  }

  /** Makes tasks of the runbooks' steps, those that are not there yet. */
  private Reply takeChecklist(Request request) {
    IncidentId id = request.incident();
    Incident incident = store.find(id).orElseThrow(() -> unknown(id));
    List<String> there = response(id).tasks().stream().map(Response.Task::text).toList();
    for (String step : checklist.apply(incident)) {
      if (!there.contains(step)) {
        submit(request, new IncidentCommand.AddTask(step));
      }
    }
    return Reply.json(context(id));
  }

  private void submit(Request request, IncidentCommand command) {
    Actor actor = Actor.person(request.principal().name());
    IncidentRoutes.done(
        Future.fromCompletionStage(commands.submit(Optional.of(request.incident()), command, actor))
            .toCompletionStage()
            .toCompletableFuture()
            .join());
  }

  private Response response(IncidentId id) {
    return Response.of(store.events(id), clock.instant());
  }

  private static ProblemException unknown(IncidentId id) {
    return ProblemException.notFound("there is no incident " + id);
  }

  private ContextJson context(IncidentId id) {
    Incident incident = store.find(id).orElseThrow(() -> unknown(id));
    Instant now = clock.instant();
    Response response = response(id);
    Instant end = incident.resolvedAt().orElse(now);
    return new ContextJson(
        response.tasks().stream()
            .map(task -> new TaskJson(task.id(), task.text(), task.done(), task.by()))
            .toList(),
        response.links().stream()
            .map(link -> new LinkJson(link.kind(), link.href(), link.text(), link.at()))
            .toList(),
        response.related().stream()
            .map(it -> new RelatedJson(it.incident().value(), it.relation()))
            .toList(),
        response.people(),
        response.peopleTime().toSeconds() / 3_600.0,
        economy.cost().get().map(rate -> MoneyJson.of(rate.of(response.peopleTime()))),
        incident.reopened(),
        changes.between(incident.openedAt().minus(BEFORE), end.plusMillis(1), MOST_CHANGES).stream()
            .map(ChangeRoutes.ChangeJson::of)
            .toList(),
        kin(incident),
        similar(incident));
  }

  private List<KinJson> kin(Incident incident) {
    return incident.open()
        ? Kinship.of(incident, store.open(), economy.correlation().get(), MOST_SIMILAR).stream()
            .map(KinJson::of)
            .toList()
        : List.of();
  }

  private List<SimilarJson> similar(Incident incident) {
    return Precedent.of(incident, store).stream().map(SimilarJson::of).toList();
  }
}

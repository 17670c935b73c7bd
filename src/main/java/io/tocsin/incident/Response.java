package io.tocsin.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How people work on an incident, as its timeline tells: tasks, links, related incidents, who took
 * part and what it cost in people's time.
 *
 * @param tasks in order of their making
 * @param links attachments and the war room, oldest first
 * @param related incidents that people linked to it
 * @param people who took part, in order of their first act
 * @param peopleTime time from each person's first act to the end (or now), added up
 */
public record Response(
    List<Task> tasks,
    List<Link> links,
    List<Related> related,
    List<String> people,
    Duration peopleTime) {

  /**
   * Something to do.
   *
   * @param by who did it, when it is done
   * @param at when it was done
   */
  public record Task(
      String id, String text, boolean done, Optional<String> by, Optional<Instant> at) {}

  /** Where something stands: an attachment, or the room in which people meet. */
  public record Link(String kind, String href, String text, Instant at) {}

  /** Another incident and how it belongs to this one. */
  public record Related(IncidentId incident, String relation) {}

  public Response {
    tasks = List.copyOf(tasks);
    links = List.copyOf(links);
    related = List.copyOf(related);
    people = List.copyOf(people);
  }

  /** Reads a timeline, oldest event first. */
  public static Response of(List<IncidentEvent> events, Instant now) {
    Map<String, Task> tasks = new LinkedHashMap<>();
    var links = new ArrayList<Link>();
    Set<Related> related = new LinkedHashSet<>();
    Map<String, Instant> people = new LinkedHashMap<>();
    Instant end = now;
    for (IncidentEvent event : events) {
      if (event.actor().kind() == Actor.Kind.PERSON) {
        people.putIfAbsent(event.actor().name(), event.at());
      }
      switch (event.change()) {
        case Change.TaskChanged task ->
            tasks.put(
                task.id(),
                new Task(
                    task.id(),
                    task.text(),
                    task.done(),
                    task.done() ? Optional.of(event.actor().name()) : Optional.empty(),
                    task.done() ? Optional.of(event.at()) : Optional.empty()));
        case Change.LinkAdded link ->
            links.add(new Link(link.purpose(), link.href(), link.text(), event.at()));
        case Change.SplitOff split -> related.add(new Related(split.other(), "split_off"));
        case Change.SplitFrom split -> related.add(new Related(split.other(), "split_from"));
        case Change.MergedInto merged -> {
          related.add(new Related(merged.other(), "merged_into"));
          end = event.at();
        }
        case Change.Linked linked -> related.add(new Related(linked.other(), linked.relation()));
        // Who was given a role by the machine may be asleep: only their own act counts them in.
        case Change.RoleTaken role when event.actor().kind() == Actor.Kind.PERSON ->
            people.putIfAbsent(role.person(), event.at());
        case Change.Resolved resolved -> end = event.at();
        case Change.Reopened reopened -> end = now;
        default -> {}
      }
    }
    Duration time = Duration.ZERO;
    for (Instant since : people.values()) {
      time = since.isBefore(end) ? time.plus(Duration.between(since, end)) : time;
    }
    return new Response(
        List.copyOf(tasks.values()),
        links,
        List.copyOf(related),
        List.copyOf(people.keySet()),
        time);
  }

  /** The task with an id. */
  public Optional<Task> task(String id) {
    return tasks.stream().filter(task -> task.id().equals(id)).findFirst();
  }
}

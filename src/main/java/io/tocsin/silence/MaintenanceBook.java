package io.tocsin.silence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where people plan maintenance, end it and call it off. Calls may block.
 *
 * @param store where it is kept
 * @param changed called after every change, so that what it mutes is muted at once
 * @param ids a fresh id each time
 */
public record MaintenanceBook(MaintenanceStore store, Runnable changed, Supplier<String> ids) {

  /** What somebody asks for. */
  public record Plan(
      String title, String text, List<String> components, Instant startsAt, Instant endsAt) {
    public Plan {
      components = List.copyOf(components);
    }
  }

  /** A field that cannot be as it is. */
  public static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String field;
    private final String found;
    private final String expected;

    Wrong(String field, String found, String expected) {
      super(field + ": found \"" + found + "\", expected " + expected);
      this.field = field;
      this.found = found;
      this.expected = expected;
    }

    public String field() {
      return field;
    }

    public String found() {
      return found;
    }

    public String expected() {
      return expected;
    }
  }

  /** What a plan would be; nothing is kept. {@link Wrong} as {@link #plan}. */
  public Maintenance draft(Plan plan, String author, Instant now) {
    return checked(ids.get(), plan, author, now);
  }

  private static Maintenance checked(String id, Plan plan, String author, Instant now) {
    if (plan.title.isBlank()) {
      throw new Wrong("title", plan.title, "a text");
    }
    if (plan.components.isEmpty()) {
      throw new Wrong("components", "", "at least one component's name");
    }
    if (!plan.endsAt.isAfter(plan.startsAt) || !plan.endsAt.isAfter(now)) {
      throw new Wrong("ends_at", plan.endsAt.toString(), "a time after starts_at and after now");
    }
    return new Maintenance(
        id, plan.title, plan.text, plan.components, plan.startsAt, plan.endsAt, author);
  }

  /**
   * Plans it.
   *
   * @throws Wrong when it has no title, no components, or is over before it begins or by now
   */
  public Maintenance plan(Plan plan, String author, Instant now) {
    Maintenance maintenance = draft(plan, author, now);
    store.save(maintenance);
    changed.run();
    return maintenance;
  }

  /**
   * Changes what is not over yet; the start of what has begun stays as it is.
   *
   * @return as it is kept now; empty when there is no such plan ahead or under way
   * @throws Wrong as {@link #plan} does
   */
  public Optional<Maintenance> change(String id, Plan plan, Instant now) {
    Optional<Maintenance> known = find(id, now);
    if (known.isEmpty()) {
      return known;
    }
    Maintenance old = known.get();
    Instant start = old.active(now) ? old.startsAt() : plan.startsAt;
    var asked = new Plan(plan.title, plan.text, plan.components, start, plan.endsAt);
    Maintenance changed = checked(id, asked, old.author(), now);
    store.save(changed);
    this.changed.run();
    return Optional.of(changed);
  }

  /** Begins what is planned for later now; empty when there is no such plan ahead. */
  public Optional<Maintenance> start(String id, Instant now) {
    Optional<Maintenance> begun =
        find(id, now)
            .filter(it -> it.startsAt().isAfter(now))
            .map(
                it ->
                    new Maintenance(
                        it.id(),
                        it.title(),
                        it.text(),
                        it.components(),
                        now,
                        it.endsAt(),
                        it.author()));
    begun.ifPresent(store::save);
    begun.ifPresent(it -> changed.run());
    return begun;
  }

  /** Ends what is under way, or calls off what is to come; false when there is no such plan. */
  public boolean callOff(String id, Instant now) {
    Optional<Maintenance> underWay = find(id, now).filter(it -> it.active(now));
    if (underWay.isPresent()) {
      store.save(underWay.get().endedAt(now));
    } else if (!store.remove(id)) {
      return false;
    }
    changed.run();
    return true;
  }

  private Optional<Maintenance> find(String id, Instant now) {
    return store.endingAfter(now).stream().filter(it -> it.id().equals(id)).findFirst();
  }
}

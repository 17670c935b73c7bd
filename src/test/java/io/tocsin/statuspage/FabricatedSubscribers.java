package io.tocsin.statuspage;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Subscribers in memory, to look at; nothing is ever sent to them. */
public final class FabricatedSubscribers implements SubscriberDirectory {

  private final Map<String, Subscriber> all = new LinkedHashMap<>();
  private final Map<String, Last> lasts = new LinkedHashMap<>();

  /** Three readers: one active, one who has not confirmed, one webhook that was given up. */
  public static SubscriberDesk desk(Instant now) {
    var directory = new FabricatedSubscribers();
    directory.add("s3", Subscriber.Kind.EMAIL, "new@example.org", now.minusSeconds(600));
    directory.add("s2", Subscriber.Kind.WEBHOOK, "https://hooks.example.net/x", now);
    directory.add("s1", Subscriber.Kind.EMAIL, "ann@example.com", now.minusSeconds(90_000));
    directory.confirm("s1", now.minusSeconds(89_000));
    directory.all.computeIfPresent("s2", (id, it) -> given(it, now));
    directory.lasts.put("s1", new Last(now.minusSeconds(120), Result.DELIVERED, 1, ""));
    directory.lasts.put("s2", new Last(now.minusSeconds(4000), Result.FAILED, 29, "status 503"));
    var ids = new AtomicInteger(10);
    return new SubscriberDesk(directory, Fabricated::spec, () -> "s" + ids.getAndIncrement());
  }

  private static Subscriber given(Subscriber it, Instant now) {
    return new Subscriber(
        it.id(),
        it.kind(),
        it.target(),
        it.email(),
        List.of("payment-api"),
        it.language(),
        now.minusSeconds(900_000),
        Optional.of(now.minusSeconds(899_000)),
        Optional.of(now.minusSeconds(90_000)),
        Optional.of(now.minusSeconds(3_600)));
  }

  private void add(String id, Subscriber.Kind kind, String target, Instant at) {
    String email = kind == Subscriber.Kind.EMAIL ? target : "ops@example.net";
    all.put(id, Subscriber.asked(id, kind, target, email, List.of(), Language.EN, at));
  }

  private static boolean fits(Filter filter, Subscriber it) {
    return filter.kind().map(it.kind()::equals).orElse(true)
        && filter.state().map(it.state()::equals).orElse(true)
        && it.target().contains(filter.text().toLowerCase(Locale.ROOT));
  }

  private Stream<Subscriber> fitting(Filter filter) {
    return all.values().stream().filter(it -> fits(filter, it));
  }

  @Override
  public synchronized List<Listed> list(Filter filter) {
    return fitting(filter)
        .skip(filter.offset())
        .limit(filter.limit())
        .map(it -> new Listed(it, Optional.ofNullable(lasts.get(it.id()))))
        .toList();
  }

  @Override
  public synchronized int count(Filter filter) {
    return (int) fitting(filter).count();
  }

  @Override
  public synchronized Map<String, Integer> counts() {
    var counts = new TreeMap<String, Integer>();
    all.values()
        .forEach(it -> counts.merge(it.kind().label() + "." + it.state().label(), 1, Integer::sum));
    return counts;
  }

  @Override
  public synchronized Optional<Subscriber> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  @Override
  public synchronized Optional<Subscriber> ask(
      Subscriber wish, SubscriberStore.Bounds bounds, Instant now) {
    all.put(wish.id(), wish);
    return Optional.of(wish);
  }

  @Override
  public synchronized Optional<Subscriber> enrol(
      Subscriber wish, SubscriberStore.Bounds bounds, Instant now) {
    all.put(wish.id(), wish);
    confirm(wish.id(), now);
    return find(wish.id());
  }

  @Override
  public synchronized boolean confirm(String id, Instant now) {
    return all.computeIfPresent(
            id,
            (key, it) ->
                new Subscriber(
                    it.id(),
                    it.kind(),
                    it.target(),
                    it.email(),
                    it.components(),
                    it.language(),
                    it.createdAt(),
                    Optional.of(it.confirmedAt().orElse(now)),
                    it.failingSince(),
                    it.disabledAt()))
        != null;
  }

  @Override
  public synchronized boolean remove(String id) {
    return all.remove(id) != null;
  }
}

package io.tocsin.engine;

import io.tocsin.alert.Evaluation;
import io.tocsin.incident.IncidentStore;
import io.tocsin.notify.Message;
import io.tocsin.notify.Outbox;
import io.tocsin.silence.Silences;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** One life of the engine with its relay and its direct way out, which may end at a boundary. */
final class MortalSender implements AutoCloseable {

  private final Mortality life;
  private final List<Message> sentDirectly = new CopyOnWriteArrayList<>();
  private final DirectPages direct;
  private final OutboxRelay relay;
  private final Engine engine;

  MortalSender(
      Outbox durable,
      IncidentStore incidents,
      InstantSource clock,
      Consumer<Message> receiver,
      String killAt) {
    this.life = new Mortality(killAt, 1);
    Outbox outbox = life.over(durable);
    this.direct =
        new DirectPages(
            destination ->
                Optional.of(life.channel("direct send", receiver.andThen(sentDirectly::add))),
            RelaySettings.DEFAULT,
            clock,
            new Random(1));
    this.relay =
        new OutboxRelay(
            outbox,
            destination -> Optional.of(life.channel("send", receiver)),
            RelaySettings.DEFAULT,
            clock,
            new Random(1),
            direct::told,
            direct::tried);
    this.engine =
        new Engine(
            Road.POLICIES,
            new Engine.Ports(
                outbox,
                incidents,
                clock,
                () -> Silences.NONE,
                relay,
                direct,
                (event, after) -> {},
                CycleListener.NONE,
                () -> {}),
            Duration.ofMillis(200),
            Duration.ofMillis(400));
  }

  void start() {
    direct.start();
    relay.start();
    engine.start();
  }

  void submit(Evaluation evaluation) {
    engine.submit(evaluation);
  }

  int open() {
    return engine.openIncidents().size();
  }

  /** Takes the database away, or gives it back. */
  void away(boolean now) {
    life.away(now);
  }

  boolean dead() {
    return life.dead();
  }

  /** The names of the boundaries that it reached. */
  Set<String> passed() {
    return life.passed();
  }

  /** Whether so many messages went directly and it knows that they arrived. */
  boolean toldDirectly(int messages) {
    return sentDirectly.size() == messages
        && sentDirectly.stream().allMatch(message -> direct.told(message).isPresent());
  }

  @Override
  public void close() {
    life.end();
    try {
      engine.close();
      relay.close();
      direct.close();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}

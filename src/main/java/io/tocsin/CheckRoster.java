package io.tocsin;

import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.check.CheckDefinition;
import io.tocsin.check.CheckDefinitionStore;
import io.tocsin.check.CheckState;
import io.tocsin.check.CheckTracker;
import io.tocsin.engine.CheckAlerts;
import io.tocsin.engine.Engine;
import io.tocsin.http.CheckDesk;
import io.tocsin.http.ProblemException;
import io.tocsin.probe.Check;
import io.tocsin.probe.Probes;
import io.tocsin.settings.Place;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Section;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Yaml;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which checks there are: those of the files and those asked for over the API, less those that
 * rest. A name in the files goes before the same name in the database. Everything that judges
 * checks is told of every change here.
 */
final class CheckRoster implements CheckDesk {

  private static final Logger log = LoggerFactory.getLogger(CheckRoster.class);
  private static final int MOST = 10_000;
  private static final long RUN_SECONDS = 70;

  /** Who is told. */
  record Listeners(Probes probes, CheckBoard board, Engine engine) {}

  private final CheckDefinitionStore store;
  private final Listeners listeners;
  private final InstantSource clock;
  private volatile KnownChecks known;

  CheckRoster(
      CheckDefinitionStore store,
      Listeners listeners,
      Configuration configuration,
      InstantSource clock) {
    this.store = store;
    this.listeners = listeners;
    this.clock = clock;
    this.known = new KnownChecks(configuration, List.of(), Set.of());
  }

  /** Begins to check, with what is remembered; blocks. */
  synchronized void start(Collection<CheckState> restored) {
    KnownChecks next = KnownChecks.read(store, known.files());
    try {
      fits(next);
    } catch (SettingsProblem misfit) {
      log.warn("the checks of the API do not fit the files and rest: {}", misfit.getMessage());
      next = new KnownChecks(known.files(), List.of(), next.paused());
    }
    Set<String> gone = new HashSet<>();
    Stream.concat(
            listeners.engine.alerts().firing().stream().map(MarkedAlert::alert),
            listeners.engine.alerts().pending().stream())
        .filter(alert -> alert.spec().alertName().equals(CheckAlerts.ALERT_NAME))
        .map(CheckRoster::check)
        .forEach(gone::add);
    tell(next, gone, restored);
  }

  private static String check(Alert alert) {
    return alert.labels().get("check");
  }

  /**
   * Takes other files over.
   *
   * @throws SettingsProblem when the checks of the API do not fit them; then nothing changes
   */
  synchronized void reconfigure(Configuration files) {
    KnownChecks next = KnownChecks.read(store, files);
    fits(next);
    tell(next, known.running(), listeners.probes.states());
  }

  private static void fits(KnownChecks next) {
    try {
      new CheckTracker(
          next.checks().stream().map(Check::policy).toList(), List.of(), Instant.EPOCH);
    } catch (IllegalArgumentException misfit) {
      throw new SettingsProblem(
          new Place("request", 1, 1),
          "",
          String.valueOf(misfit.getMessage()),
          "checks that fit together, those of the API with those of the files");
    }
  }

  private void tell(KnownChecks next, Set<String> before, Collection<CheckState> states) {
    List<Check> checks = next.checks();
    listeners.board.configure(checks, next.paused(), listeners.probes);
    listeners.board.open(clock.instant());
    listeners.probes.replace(checks, next.paused(), next.files().scrapes(), states);
    Set<String> gone = new HashSet<>(before);
    gone.removeAll(next.running());
    listeners.engine.retire(
        gone.stream().map(CheckAlerts::ruleId).collect(Collectors.toUnmodifiableSet()));
    known = next;
  }

  private void change(KnownChecks next) {
    tell(next, known.running(), listeners.probes.states());
  }

  @Override
  public List<Listed> all() {
    KnownChecks now = known;
    return Stream.concat(
            now.files().checks().stream().map(check -> listed(check, "config", now)),
            now.asked().stream().map(check -> listed(check, "api", now)))
        .toList();
  }

  private static Listed listed(Check check, String origin, KnownChecks now) {
    boolean paused = now.paused().contains(check.policy().name());
    return new Listed(check.policy(), check.kind(), origin, paused);
  }

  @Override
  public synchronized String create(String document, String by) {
    Section section = Yaml.read(document, "request", Secrets.refused());
    Check check = Check.readAsked(section, known.files().outbound());
    String name = check.policy().name();
    if (known.names().contains(name)) {
      throw ProblemException.of(409, "there is a check " + name + " already");
    }
    if (known.asked().size() >= MOST) {
      throw ProblemException.of(409, "there are " + MOST + " checks of the API, which is the most");
    }
    refuseForbidden(section, check);
    var asked = new ArrayList<>(known.asked());
    asked.add(check);
    var next = new KnownChecks(known.files(), List.copyOf(asked), store.paused());
    fits(next);
    if (!store.add(new CheckDefinition(name, document, clock.instant(), by))) {
      throw ProblemException.of(409, "there is a check " + name + " already");
    }
    change(next);
    return name;
  }

  /** Said at once and not only by every run; a host without an address is for the runs to tell. */
  private void refuseForbidden(Section section, Check check) {
    String host = check.probe().host();
    if (host.isEmpty()) {
      return;
    }
    try {
      List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
      known
          .files()
          .outbound()
          .refusal(addresses)
          .ifPresent(
              reason -> {
                throw section.problem(
                    check.kind(), reason, "a public address, or one under outbound.allow");
              });
    } catch (UnknownHostException unknown) {
      log.info("check {} asks a host without an address", check.policy().name());
    }
  }

  @Override
  public synchronized void remove(String name) {
    List<Check> rest =
        known.asked().stream().filter(check -> !check.policy().name().equals(name)).toList();
    var next = new KnownChecks(known.files(), rest, known.paused());
    try {
      fits(next);
    } catch (SettingsProblem needed) {
      throw ProblemException.of(409, "another check needs it: " + needed.found());
    }
    store.remove(name);
    change(new KnownChecks(known.files(), rest, store.paused()));
  }

  @Override
  public synchronized void pause(String name, boolean rests, String by) {
    store.pause(name, rests, clock.instant(), by);
    change(new KnownChecks(known.files(), known.asked(), store.paused()));
    log.info("check {} {} by {}", name, rests ? "paused" : "resumed", by);
  }

  @Override
  public void run(String name) {
    try {
      listeners
          .probes
          .runNow(name)
          .toCompletionStage()
          .toCompletableFuture()
          .get(RUN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw ProblemException.of(503, name + " has not come back within " + RUN_SECONDS + " s");
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw ProblemException.of(503, "stopping");
    }
  }
}

package io.tocsin;

import io.tocsin.notify.Outbox;
import io.tocsin.web.AboutView;
import io.tocsin.web.HousePorts;
import io.tocsin.web.Licence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the pages about Tocsin itself show: the configuration in force, and what runs here. */
record OwnPages(Mount mount, Instant started) {

  OwnPages(Mount mount) {
    this(mount, mount.parts().clock().instant());
  }

  HousePorts ports() {
    return new HousePorts(this::loaded, mount.reload()::run, this::about);
  }

  private HousePorts.Loaded loaded() {
    Configuration current = mount.reload().current();
    return new HousePorts.Loaded(
        current.file().toString(),
        mount.reload().at(),
        current.summary(),
        mount.reload().trouble(),
        current.routing().notes(),
        current.settings().get());
  }

  private AboutView about() {
    Server.Parts parts = mount.parts();
    OptionalLong epoch = parts.foundation().leadership().epoch();
    return new AboutView(
        Version.text(),
        Runtime.version().toString(),
        parts.foundation().node().name(),
        started,
        epoch.orElse(0),
        epoch.isPresent(),
        parts.foundation().database().home().describe(),
        size(),
        queues(),
        backups(),
        Licence.shipped(),
        parts.health().ready());
  }

  private List<AboutView.Backup> backups() {
    try {
      return Backups.known(mount.parts().foundation().reader(), mount.parts().clock().instant());
    } catch (RuntimeException away) {
      return List.of();
    }
  }

  private Optional<Long> size() {
    try {
      return Optional.of(
          mount
              .parts()
              .foundation()
              .database()
              .jdbi()
              .withHandle(
                  handle ->
                      handle
                          .createQuery("SELECT pg_database_size(current_database())")
                          .mapTo(Long.class)
                          .one()));
    } catch (RuntimeException away) {
      return Optional.empty();
    }
  }

  private List<AboutView.Queue> queues() {
    Server.Parts parts = mount.parts();
    var queues = new ArrayList<AboutView.Queue>();
    var journal = parts.foundation().journal().stats();
    queues.add(queue("samples for the journal", journal.queuedSamples()));
    queues.add(new AboutView.Queue("the journal is behind by", seconds(journal.lag())));
    queues.add(queue("evaluations for the engine", parts.engine().engine().counts().waiting()));
    queues.add(queue("arrivals to evaluate", parts.engine().arrival().waiting()));
    queues.add(queue("messages being sent", parts.engine().relay().inHand()));
    queues.add(queue("queries of people", mount.queries().waiting()));
    outbox().ifPresent(it -> queues.add(queue("messages to be sent", it.pending())));
    outbox().ifPresent(it -> queues.add(queue("messages given up", it.dead())));
    return queues;
  }

  private Optional<Outbox.Backlog> outbox() {
    try {
      return Optional.of(mount.parts().stores().outbox().backlog(mount.parts().clock().instant()));
    } catch (RuntimeException away) {
      return Optional.empty();
    }
  }

  private static AboutView.Queue queue(String name, long length) {
    return new AboutView.Queue(name, Long.toString(length));
  }

  private static String seconds(Duration lag) {
    return lag.toMillis() / 1000.0 + " s";
  }
}

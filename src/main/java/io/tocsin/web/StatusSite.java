package io.tocsin.web;

import io.tocsin.statuspage.PageEdits;
import io.tocsin.statuspage.PageInput;
import io.tocsin.statuspage.PageSnapshot;
import io.tocsin.statuspage.PageSource;
import io.tocsin.statuspage.PageSpec;
import io.tocsin.statuspage.Publication;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the public site in memory: reads its source every few seconds and whenever told, and goes
 * on serving the last edition, with its age, when the source fails.
 */
public final class StatusSite implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusSite.class);

  /** The shortest time between two readings. */
  private static final Duration PAUSE = Duration.ofMillis(300);

  /** How often the source is read when nothing is said to have changed. */
  private static final Duration EVERY = Duration.ofSeconds(5);

  /** At most one part in so many of a processor goes into reading what changes all the time. */
  private static final int BUSY = 10;

  /** At most one part in so many of a processor goes into reading what may not have changed. */
  private static final int LOAD = 50;

  /** A page that only grew older is made anew this often. */
  private static final Duration RESTAMP = Duration.ofSeconds(15);

  private volatile PageSpec configured;
  private volatile PageSpec spec;
  private volatile PageEdits edits = PageEdits.NONE;
  private final PageSource source;
  private final InstantSource clock;
  private final Assets assets;
  private final BlockingQueue<Boolean> wishes = new ArrayBlockingQueue<>(1);
  private final Thread reader;
  private final Object printing = new Object();
  private final String cacheControl;
  private final Optional<SiteFolder> folder;
  private volatile Edition edition;
  private volatile Brand brand;
  private boolean failing;

  /** A page for everybody, kept in memory only. */
  public StatusSite(PageSpec spec, PageSource source, InstantSource clock, Assets assets) {
    this(spec, source, clock, assets, Reach.EVERYBODY);
  }

  /**
   * A page; nothing is read before {@link #start} or {@link #refresh}.
   *
   * @param reach who may keep it, and where else it is written
   */
  public StatusSite(
      PageSpec spec, PageSource source, InstantSource clock, Assets assets, Reach reach) {
    this.configured = spec;
    this.spec = spec;
    this.source = source;
    this.clock = clock;
    this.assets = assets;
    this.brand = new Brand(spec.look(), assets);
    this.cacheControl = reach.isPrivate() ? RenderedPage.PRIVATE : RenderedPage.FRESH;
    this.folder = reach.folder().map(dir -> new SiteFolder(dir, assets));
    Instant now = clock.instant();
    PageSnapshot nothing = Publication.derive(spec, PageInput.nothing(now), now);
    this.edition = new Edition(nothing, now, brand, cacheControl);
    this.reader = Thread.ofVirtual().name("status-page").unstarted(this::run);
  }

  /**
   * Where the page goes.
   *
   * @param isPrivate whether shared caches must not keep it
   * @param folder where a copy is written as files on every change
   */
  public record Reach(boolean isPrivate, Optional<Path> folder) {

    /** Shared caches may keep it; no copy is written. */
    public static final Reach EVERYBODY = new Reach(false, Optional.empty());
  }

  /** Begins to read on a virtual thread of its own. */
  public void start() {
    reader.start();
  }

  /** Shows another list of components, another title, from the next edition on. */
  public void reconfigure(PageSpec next) {
    arrange(next, edits);
  }

  /** Shows the page with these changes to what is configured, from the next edition on. */
  public void edit(PageEdits next) {
    if (!next.equals(edits)) {
      arrange(configured, next);
    }
  }

  private void arrange(PageSpec files, PageEdits changes) {
    synchronized (printing) {
      configured = files;
      edits = changes;
      spec = changes.over(files);
      brand = new Brand(spec.look(), assets);
    }
    changed();
  }

  /** The page as the files say, without what people changed. */
  public PageSpec configured() {
    return configured;
  }

  /** Says that something changed: the page is read again at once, once for many calls. */
  public void changed() {
    wishes.offer(Boolean.TRUE);
  }

  /** The page as it is served. */
  public PageSnapshot snapshot() {
    return edition.snapshot();
  }

  /** What to serve now; says that it is old also while the source hangs. */
  Edition edition() {
    Edition current = edition;
    Instant now = clock.instant();
    if (current.snapshot().stale(now) != current.stale()) {
      synchronized (printing) {
        if (edition == current) {
          edition = new Edition(current.snapshot(), now, current.brand(), cacheControl);
        }
      }
    }
    return edition;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long began = System.nanoTime();
        refresh();
        long took = System.nanoTime() - began;
        // A storm of events is one edition, not one each: paging needs the processor more.
        TimeUnit.NANOSECONDS.sleep(Math.clamp(BUSY * took, PAUSE.toNanos(), EVERY.toNanos()));
        wishes.poll(idle(took), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A page of thousands of components takes long to read, and is read more seldom. */
  private static long idle(long tookNanos) {
    return Math.clamp(LOAD * tookNanos, EVERY.toNanos(), RESTAMP.toNanos());
  }

  /** Reads the source now; blocks. */
  public synchronized void refresh() {
    Instant now = clock.instant();
    PageSnapshot last = edition.snapshot();
    PageSnapshot next = last;
    try {
      next = Publication.derive(spec, source.read(now), now);
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.warn(
            "the status page cannot be read anew and stays as of {}: {}",
            last.dataAsOf(),
            e.toString());
      }
      failing = true;
    }
    if (outdated(last, next, now)) {
      var made = new Edition(next, now, brand, cacheControl);
      made.warm(edition);
      synchronized (printing) {
        edition = made;
      }
      folder.ifPresent(copy -> copy.write(made));
    }
  }

  private boolean outdated(PageSnapshot last, PageSnapshot next, Instant now) {
    return !next.sameAs(last)
        || Duration.between(last.dataAsOf(), next.dataAsOf()).compareTo(RESTAMP) >= 0
        || next.stale(now) != edition.stale();
  }

  /** Stops reading; the last edition stays. */
  @Override
  public void close() {
    reader.interrupt();
  }
}

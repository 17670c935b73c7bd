package io.tocsin.probe;

import io.tocsin.label.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which targets there are: what stands in the configuration and what was discovered since, after
 * relabelling. Guarded by its own lock.
 */
final class ScrapePools {

  private static final class Pool {
    final ScrapeConfig config;
    final Map<String, List<Labels>> discovered = new LinkedHashMap<>();
    List<ScrapeTarget.Resolved> resolved = List.of();

    Pool(ScrapeConfig config) {
      this.config = config;
      resolve();
    }

    void resolve() {
      var all = new ArrayList<>(config.fixed());
      discovered.values().forEach(all::addAll);
      resolved = ScrapeTarget.resolve(config, all);
    }
  }

  private Map<String, Pool> pools = new LinkedHashMap<>();

  /** From now on these; what the same discoveries found before is kept. */
  synchronized void configure(Collection<ScrapeConfig> configs) {
    var next = new LinkedHashMap<String, Pool>();
    for (ScrapeConfig config : configs) {
      var pool = new Pool(config);
      Pool before = pools.get(config.job());
      if (before != null) {
        for (Discovery discovery : config.discoveries()) {
          List<Labels> known = before.discovered.get(discovery.source());
          if (known != null) {
            pool.discovered.put(discovery.source(), known);
          }
        }
        pool.resolve();
      }
      next.put(config.job(), pool);
    }
    pools = next;
  }

  /** Takes in what a discovery found; answers whether that changed anything. */
  synchronized boolean found(ScrapeConfig config, Discovery discovery, List<Labels> targets) {
    Pool pool = pools.get(config.job());
    if (pool == null
        || !pool.config.equals(config)
        || targets.equals(pool.discovered.put(discovery.source(), List.copyOf(targets)))) {
      return false;
    }
    pool.resolve();
    return true;
  }

  /** The targets to be scraped. */
  synchronized List<ScrapeTarget> active() {
    return pools.values().stream()
        .flatMap(pool -> pool.resolved.stream())
        .flatMap(one -> one.target().stream())
        .toList();
  }

  /** Whether a job has more targets than it may. */
  synchronized boolean tooMany(ScrapeConfig config) {
    Pool pool = pools.get(config.job());
    return pool != null
        && config.targetLimit() > 0
        && pool.resolved.stream().filter(one -> one.target().isPresent()).count()
            > config.targetLimit();
  }

  /** What relabelling dropped, or what cannot be used, by all that was known of it. */
  synchronized List<Labels> dropped() {
    var dropped = new ArrayList<Labels>();
    for (Pool pool : pools.values()) {
      pool.resolved.stream()
          .filter(one -> one.target().isEmpty())
          .map(ScrapeTarget.Resolved::discovered)
          .limit(pool.config.keepDropped() > 0 ? pool.config.keepDropped() : Long.MAX_VALUE)
          .forEach(dropped::add);
    }
    return dropped;
  }
}

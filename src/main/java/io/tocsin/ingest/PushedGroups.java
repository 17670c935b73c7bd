package io.tocsin.ingest;

import io.tocsin.ingest.PushedGroupStore.Sample;
import io.tocsin.ingest.PushedGroupStore.Stored;
import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.StaleMarker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What batch jobs pushed, by group, as a Pushgateway keeps it: a group's metrics stay as they were
 * pushed until they are replaced or deleted, and are exposed anew at an interval, so that the last
 * run of a job can be asked for as long as the group lives, across restarts too. Safe for any
 * number of threads; of two pushes to one group at once the later one counts.
 *
 * @see <a href="https://github.com/prometheus/pushgateway#api">Pushgateway API</a>
 */
public final class PushedGroups {

  private static final String PUSHED_AT = "push_time_seconds";
  private static final String FAILED_AT = "push_failure_time_seconds";

  private record Group(Map<Labels, Double> samples, long pushedMillis, long failedMillis) {
    static final Group NONE = new Group(Map.of(), 0, 0);

    static Group of(Stored stored) {
      var samples = new LinkedHashMap<Labels, Double>();
      stored.samples().forEach(sample -> samples.put(sample.labels(), sample.value()));
      return new Group(Map.copyOf(samples), stored.pushedMillis(), stored.failedMillis());
    }

    Stored stored(Labels labels) {
      var rows = new ArrayList<Sample>(samples.size());
      samples.forEach((series, value) -> rows.add(new Sample(series, value)));
      return new Stored(labels, rows, pushedMillis, failedMillis);
    }
  }

  /**
   * A change that is not in force before {@link #apply} is called, when its samples are durable.
   *
   * @param samples what it writes
   */
  public record Change(SampleBatch samples, Runnable applying) {

    /** Changes nothing. */
    public static final Change NONE = new Change(SampleBatch.EMPTY, () -> {});

    /** May block: the store keeps it first. */
    public void apply() {
      applying.run();
    }
  }

  private final int mostSeries;
  private final PushedGroupStore store;
  private final ReentrantLock applying = new ReentrantLock();
  private final Map<Labels, Group> groups = new ConcurrentHashMap<>();

  /**
   * With the groups that a store kept; may block.
   *
   * @param mostSeries series of all groups together
   */
  public PushedGroups(int mostSeries, PushedGroupStore store) {
    this.mostSeries = mostSeries;
    this.store = store;
    store.all().forEach(kept -> groups.put(kept.group(), Group.of(kept)));
  }

  /**
   * A push.
   *
   * @param group the labels of the path, which win over those pushed
   * @param whole whether it replaces the group (PUT), or only the metrics it names (POST)
   * @throws MalformedInput when a sample has a timestamp of its own, comes twice, or there would be
   *     too many series
   */
  public Change push(Labels group, SampleBatch pushed, boolean whole, long nowMillis) {
    Group before = groups.getOrDefault(group, Group.NONE);
    var samples = new LinkedHashMap<Labels, Double>();
    var named = new HashSet<String>();
    for (int i = 0; i < pushed.size(); i++) {
      Labels labels = pushed.labels(i).with(group);
      if (pushed.timestamp(i) != nowMillis) {
        throw new MalformedInput(
            pushed.labels(i) + ": a timestamp found, expected none: a push is timed on arrival");
      }
      if (samples.put(labels, pushed.value(i)) != null) {
        throw new MalformedInput(labels + ": found twice, expected each series once");
      }
      named.add(labels.metricName());
    }
    if (!whole) {
      before.samples.forEach(
          (labels, value) -> {
            if (!named.contains(labels.metricName())) {
              samples.put(labels, value);
            }
          });
    }
    checkRoom(samples.size() - before.samples.size());
    var batch = SampleBatch.builder();
    samples.forEach((labels, value) -> batch.add(labels, nowMillis, value));
    markGone(before, samples.keySet(), nowMillis, batch);
    var after = new Group(Map.copyOf(samples), nowMillis, before.failedMillis);
    times(group, after, nowMillis, batch);
    return new Change(batch.build(), () -> put(group, after));
  }

  /** A push that was refused, as the group itself tells. */
  public Change failed(Labels group, long nowMillis) {
    Group before = groups.getOrDefault(group, Group.NONE);
    var after = new Group(before.samples, before.pushedMillis, nowMillis);
    var batch = SampleBatch.builder();
    times(group, after, nowMillis, batch);
    return new Change(
        batch.build(),
        () -> {
          if (groups.containsKey(group) || seriesCount() < mostSeries) {
            put(group, after);
          }
        });
  }

  /** Ends a group; nothing when there is none. */
  public Change delete(Labels group, long nowMillis) {
    var batch = SampleBatch.builder();
    if (groups.containsKey(group)) {
      markGone(groups.getOrDefault(group, Group.NONE), Set.of(), nowMillis, batch);
      for (String name : new String[] {PUSHED_AT, FAILED_AT}) {
        batch.add(group.with(Labels.NAME, name), nowMillis, StaleMarker.VALUE);
      }
    }
    return new Change(batch.build(), () -> remove(group));
  }

  private void put(Labels group, Group after) {
    applying.lock();
    try {
      store.save(after.stored(group));
      groups.put(group, after);
    } finally {
      applying.unlock();
    }
  }

  private void remove(Labels group) {
    applying.lock();
    try {
      store.remove(group);
      groups.remove(group);
    } finally {
      applying.unlock();
    }
  }

  /** Everything as it stands, at this time. */
  public SampleBatch exposed(long nowMillis) {
    var batch = SampleBatch.builder();
    groups.forEach(
        (labels, group) -> {
          group.samples.forEach((series, value) -> batch.add(series, nowMillis, value));
          times(labels, group, nowMillis, batch);
        });
    return batch.build();
  }

  /** Series of all groups, the two that each group has of itself among them. */
  public int seriesCount() {
    return groups.values().stream().mapToInt(group -> group.samples.size() + 2).sum();
  }

  private void checkRoom(int more) {
    int after = seriesCount() + more;
    if (after > mostSeries) {
      throw MalformedInput.tooLarge("series of all pushed groups", after, mostSeries);
    }
  }

  private static void markGone(
      Group before, Set<Labels> still, long nowMillis, SampleBatch.Builder batch) {
    for (Labels labels : before.samples.keySet()) {
      if (!still.contains(labels)) {
        batch.add(labels, nowMillis, StaleMarker.VALUE);
      }
    }
  }

  private static void times(Labels labels, Group group, long nowMillis, SampleBatch.Builder batch) {
    batch
        .add(labels.with(Labels.NAME, PUSHED_AT), nowMillis, group.pushedMillis / 1_000.0)
        .add(labels.with(Labels.NAME, FAILED_AT), nowMillis, group.failedMillis / 1_000.0);
  }
}

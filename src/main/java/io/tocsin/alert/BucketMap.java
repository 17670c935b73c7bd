package io.tocsin.alert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map in buckets of a few entries. An edited copy shares every bucket that was not
 * touched, so changing one entry of ten thousand copies a bucket and the list of buckets.
 */
final class BucketMap<K, V> {
  private static final int FEWEST = 8;
  private static final int MOST = 1 << 14;
  private static final int FULL = 6;
  private static final BucketMap<?, ?> EMPTY = new BucketMap<>(emptyBuckets(FEWEST), 0);

  private final Map<K, V>[] buckets;
  private final int size;

  private BucketMap(Map<K, V>[] buckets, int size) {
    this.buckets = buckets;
    this.size = size;
  }

  @SuppressWarnings("unchecked")
  private static <K, V> Map<K, V>[] emptyBuckets(int count) {
    var buckets = new Map[count];
    Arrays.fill(buckets, Map.of());
    return buckets;
  }

  @SuppressWarnings("unchecked")
  static <K, V> BucketMap<K, V> empty() {
    return (BucketMap<K, V>) EMPTY;
  }

  @Nullable V get(K key) {
    return buckets[bucket(key, buckets.length)].get(key);
  }

  int size() {
    return size;
  }

  void forEach(BiConsumer<K, V> visitor) {
    if (size > 0) {
      for (Map<K, V> bucket : buckets) {
        bucket.forEach(visitor);
      }
    }
  }

  Edit<K, V> edit() {
    return new Edit<>(this);
  }

  private static int bucket(Object key, int count) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 7) ^ (hash >>> 19)) & (count - 1);
  }

  /** A copy being changed. */
  static final class Edit<K, V> {
    private final BucketMap<K, V> original;
    private final BitSet copied = new BitSet();
    private Map<K, V>[] buckets;
    private final Set<K> touched = new HashSet<>();
    private int size;

    private Edit(BucketMap<K, V> original) {
      this.original = original;
      this.buckets = original.buckets.clone();
      this.size = original.size;
    }

    @Nullable V get(K key) {
      return buckets[bucket(key, buckets.length)].get(key);
    }

    /** A copy of the values as they are now. */
    List<V> values() {
      var values = new ArrayList<V>(size);
      for (Map<K, V> bucket : buckets) {
        values.addAll(bucket.values());
      }
      return values;
    }

    /** The keys that were put or removed. */
    Set<K> touched() {
      return touched;
    }

    void put(K key, V value) {
      touched.add(key);
      if (own(key).put(key, value) == null) {
        size++;
        if (size > buckets.length * FULL && buckets.length < MOST) {
          spread();
        }
      }
    }

    void remove(K key) {
      if (get(key) != null) {
        touched.add(key);
        own(key).remove(key);
        size--;
      }
    }

    private Map<K, V> own(K key) {
      int bucket = bucket(key, buckets.length);
      if (!copied.get(bucket)) {
        copied.set(bucket);
        buckets[bucket] = new HashMap<>(buckets[bucket]);
      }
      return buckets[bucket];
    }

    /** Over twice as many buckets. */
    private void spread() {
      Map<K, V>[] before = buckets;
      buckets = emptyBuckets(before.length * 2);
      copied.clear();
      for (Map<K, V> bucket : before) {
        bucket.forEach((key, value) -> own(key).put(key, value));
      }
    }

    /** The edited map; the original itself when nothing was changed. */
    BucketMap<K, V> build() {
      return copied.isEmpty() ? original : new BucketMap<>(buckets, size);
    }
  }
}

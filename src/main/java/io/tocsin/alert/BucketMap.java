package io.tocsin.alert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map in 64 buckets. An edited copy shares every bucket that was not touched, so
 * changing one entry of ten thousand copies some hundred and fifty.
 */
final class BucketMap<K, V> {
  private static final int BUCKETS = 64;
  private static final BucketMap<?, ?> EMPTY = new BucketMap<>(emptyBuckets(), 0);

  private final Map<K, V>[] buckets;
  private final int size;

  private BucketMap(Map<K, V>[] buckets, int size) {
    this.buckets = buckets;
    this.size = size;
  }

  @SuppressWarnings("unchecked")
  private static <K, V> Map<K, V>[] emptyBuckets() {
    var buckets = new Map[BUCKETS];
    Arrays.fill(buckets, Map.of());
    return buckets;
  }

  @SuppressWarnings("unchecked")
  static <K, V> BucketMap<K, V> empty() {
    return (BucketMap<K, V>) EMPTY;
  }

  @Nullable V get(K key) {
    return buckets[bucket(key)].get(key);
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

  private static int bucket(Object key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 7) ^ (hash >>> 19)) & (BUCKETS - 1);
  }

  /** A copy being changed. */
  static final class Edit<K, V> {
    private final BucketMap<K, V> original;
    private final Map<K, V>[] buckets;
    private long copied;
    private int size;

    private Edit(BucketMap<K, V> original) {
      this.original = original;
      this.buckets = original.buckets.clone();
      this.size = original.size;
    }

    @Nullable V get(K key) {
      return buckets[bucket(key)].get(key);
    }

    /** A copy of the values as they are now. */
    List<V> values() {
      var values = new ArrayList<V>(size);
      for (Map<K, V> bucket : buckets) {
        values.addAll(bucket.values());
      }
      return values;
    }

    void put(K key, V value) {
      if (own(bucket(key)).put(key, value) == null) {
        size++;
      }
    }

    void remove(K key) {
      if (get(key) != null) {
        own(bucket(key)).remove(key);
        size--;
      }
    }

    private Map<K, V> own(int bucket) {
      if ((copied & 1L << bucket) == 0) {
        copied |= 1L << bucket;
        buckets[bucket] = new HashMap<>(buckets[bucket]);
      }
      return buckets[bucket];
    }

    /** The edited map; the original itself when nothing was changed. */
    BucketMap<K, V> build() {
      return copied == 0 ? original : new BucketMap<>(buckets, size);
    }
  }
}

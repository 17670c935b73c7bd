package io.tocsin.series;

import io.tocsin.label.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Batches as the journal keeps them. Version 1 of a payload:
 *
 * <pre>
 * version  byte, 1
 * strings  count, then each as length and UTF-8: the label names and values used below
 * series   count, then each: id (zigzag delta to the one before), number of labels, string numbers
 * samples  count, then each:
 *   head   byte: 0-8 value bytes, +16 same timestamp as before, +32 same id, +64 the next id
 *   id     zigzag delta to the one before, unless the head says it
 *   time   zigzag delta in milliseconds to the one before, unless the head says it
 *   value  the leading bytes of the IEEE 754 bits, trailing zero bytes left out
 * seal     CRC32C of all before, four bytes, big endian
 * </pre>
 *
 * Counts, lengths and numbers are LEB128 varints. A payload carries the labels of the ids it is the
 * first to use, so a reader must start at the encoder's start (or at a {@link Encoder#restart}).
 */
public final class JournalCodec {
  private static final int VERSION = 1;
  private static final int VALUE_BYTES = 0x0f;
  private static final int SAME_TIME = 0x10;
  private static final int SAME_ID = 0x20;
  private static final int NEXT_ID = 0x40;

  private JournalCodec() {}

  /** A payload is damaged, of an unknown version, or not readable from here. */
  public static final class CorruptJournal extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CorruptJournal(String message) {
      super(message);
    }
  }

  /** An id used for the first time. */
  public record NewSeries(long id, Labels labels) {}

  /** What a payload holds. */
  public record Entry(List<NewSeries> newSeries, SampleBatch samples) {}

  /** Writes payloads in order; for one thread. */
  public static final class Encoder {
    private final ToLongFunction<MemorySeries> ids;
    private Object sign = new Object();

    /**
     * @param ids the id of any series, see {@link SeriesIds#idOf}
     */
    public Encoder(ToLongFunction<MemorySeries> ids) {
      this.ids = ids;
    }

    /**
     * From here on labels are written anew: at the start of a journal partition, and when a payload
     * already encoded did not reach the journal.
     */
    public void restart() {
      sign = new Object();
    }

    /** One payload for batches, one behind the other. */
    public byte[] encode(List<Admitted> batches) {
      var fresh = new ArrayList<NewSeries>();
      int size = 0;
      for (Admitted batch : batches) {
        size += batch.size();
        for (int i = 0; i < batch.size(); i++) {
          introduce(batch.series(i), fresh);
        }
      }
      var bytes = JournalBytes.writing(64 + 12 * size);
      bytes.writeByte(VERSION);
      writeSeries(fresh, bytes);
      bytes.writeVarint(size);
      new SampleWriter(bytes).write(batches);
      return bytes.sealed();
    }

    private void introduce(MemorySeries series, List<NewSeries> fresh) {
      if (!series.introducedBy(sign)) {
        fresh.add(new NewSeries(ids.applyAsLong(series), series.labels()));
        series.introduce(sign);
      }
    }

    private static void writeSeries(List<NewSeries> fresh, JournalBytes bytes) {
      var strings = new LinkedHashMap<String, Integer>();
      for (NewSeries series : fresh) {
        series.labels.forEach(
            (name, value) -> {
              strings.putIfAbsent(name, strings.size());
              strings.putIfAbsent(value, strings.size());
            });
      }
      bytes.writeVarint(strings.size());
      strings.keySet().forEach(bytes::writeText);
      bytes.writeVarint(fresh.size());
      long id = 0;
      for (NewSeries series : fresh) {
        bytes.writeSigned(series.id - id);
        id = series.id;
        bytes.writeVarint(series.labels.size());
        series.labels.forEach(
            (name, value) -> {
              bytes.writeVarint(strings.getOrDefault(name, 0));
              bytes.writeVarint(strings.getOrDefault(value, 0));
            });
      }
    }
  }

  /** The samples of a payload. */
  private static final class SampleWriter {
    private final JournalBytes bytes;
    private long id;
    private long time;

    SampleWriter(JournalBytes bytes) {
      this.bytes = bytes;
    }

    void write(List<Admitted> batches) {
      for (Admitted admitted : batches) {
        SampleBatch batch = admitted.batch();
        for (int i = 0; i < batch.size(); i++) {
          write(admitted.series(i).id(), batch.timestamp(i), batch.value(i));
        }
      }
    }

    private void write(long seriesId, long timestamp, double number) {
      long idStep = seriesId - id;
      long timeStep = timestamp - time;
      long value = Double.doubleToRawLongBits(number);
      int width = 8 - Long.numberOfTrailingZeros(value) / 8;
      int idFlag = idStep == 0 ? SAME_ID : idStep == 1 ? NEXT_ID : 0;
      bytes.writeByte(width | (timeStep == 0 ? SAME_TIME : 0) | idFlag);
      if (idFlag == 0) {
        bytes.writeSigned(idStep);
      }
      if (timeStep != 0) {
        bytes.writeSigned(timeStep);
      }
      bytes.writeTop(value, width);
      id = seriesId;
      time = timestamp;
    }
  }

  /** Reads one encoder's payloads in order; for one thread. */
  public static final class Decoder {
    private final Map<Long, Labels> byId = new HashMap<>();

    /** Knows this id from elsewhere, such as the {@code series} table. */
    public void learn(long id, Labels labels) {
      byId.put(id, labels);
    }

    /**
     * What a payload holds.
     *
     * @throws CorruptJournal when it is damaged, of another version, or uses an id whose labels
     *     came in no payload before
     */
    public Entry decode(byte[] payload) {
      var bytes = JournalBytes.reading(payload);
      int version = bytes.readByte();
      if (version != VERSION) {
        throw new CorruptJournal(
            "journal payload: version " + version + " found, expected " + VERSION);
      }
      List<NewSeries> fresh = readSeries(bytes);
      fresh.forEach(series -> byId.put(series.id, series.labels));
      SampleBatch samples = readSamples(bytes);
      if (!bytes.atEnd()) {
        throw new CorruptJournal("journal payload: bytes found behind the last sample");
      }
      return new Entry(fresh, samples);
    }

    private static List<NewSeries> readSeries(JournalBytes bytes) {
      var strings = new String[bytes.readCount()];
      for (int i = 0; i < strings.length; i++) {
        strings[i] = bytes.readText();
      }
      int count = bytes.readCount();
      var fresh = new ArrayList<NewSeries>(count);
      long id = 0;
      for (int i = 0; i < count; i++) {
        id += bytes.readSigned();
        var labels = Labels.builder();
        for (int left = bytes.readCount(); left > 0; left--) {
          String name = string(strings, bytes);
          labels.set(name, string(strings, bytes));
        }
        fresh.add(new NewSeries(id, labels.build()));
      }
      return List.copyOf(fresh);
    }

    private static String string(String[] strings, JournalBytes bytes) {
      long number = bytes.readVarint();
      if (number < 0 || number >= strings.length) {
        throw new CorruptJournal(
            "journal payload: string " + number + " found, expected one of " + strings.length);
      }
      return strings[(int) number];
    }

    private SampleBatch readSamples(JournalBytes bytes) {
      var samples = SampleBatch.builder();
      long id = 0;
      long time = 0;
      Labels labels = Labels.EMPTY;
      for (int left = bytes.readCount(); left > 0; left--) {
        int head = bytes.readByte();
        if ((head & VALUE_BYTES) > Long.BYTES) {
          throw new CorruptJournal(
              "journal payload: a value of " + (head & VALUE_BYTES) + " bytes");
        }
        if ((head & SAME_ID) == 0) {
          id += (head & NEXT_ID) != 0 ? 1 : bytes.readSigned();
          labels = labelsOf(id);
        }
        time += (head & SAME_TIME) != 0 ? 0 : bytes.readSigned();
        samples.add(labels, time, Double.longBitsToDouble(bytes.readTop(head & VALUE_BYTES)));
      }
      return samples.build();
    }

    private Labels labelsOf(long id) {
      Labels labels = byId.get(id);
      if (labels == null) {
        throw new CorruptJournal(
            "journal payload: series id " + id + " found, expected one introduced before");
      }
      return labels;
    }
  }
}

package io.tocsin.ingest;

import io.tocsin.ingest.Refused.Reason;
import io.tocsin.label.Labels;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Remote write 2.0 decoded in place: {@code Request{ repeated string symbols = 4, TimeSeries
 * timeseries = 5{ repeated uint32 labels_refs = 1, Sample samples = 2, histograms = 3, exemplars =
 * 4, Metadata metadata = 5{ type = 1, help_ref = 3, unit_ref = 4 } } }}. The texts of a series'
 * labels are laid side by side, so that a series seen before is found by those bytes whatever its
 * numbers in this request.
 *
 * <p>What is refused one by one is as in {@link RemoteWrite}.
 *
 * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/">Remote-Write 2.0</a>
 */
final class RemoteWrite2 {
  private static final int SYMBOL = 4 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int SERIES = 5 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int REFS = 1 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int REF = 1 << 3 | ProtoReader.VARINT;
  private static final int SAMPLE = 2 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int HISTOGRAM = 3 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int METADATA = 5 << 3 | ProtoReader.LENGTH_DELIMITED;
  private static final int TYPE = 1 << 3 | ProtoReader.VARINT;
  private static final int HELP = 3 << 3 | ProtoReader.VARINT;
  private static final int UNIT = 4 << 3 | ProtoReader.VARINT;

  /** Bytes in front of each text laid out: its length. */
  private static final int LENGTH = 4;

  private final Format.Intake intake;
  private final ProtoReader in;
  private final byte[] bytes;
  private final int length;
  private final LabelSet labels;
  private final Collected collected;
  private final SeenSeries.Decoding decodeLabels = this::decodeLabels;
  private final Supplier<String> where = this::where;

  /** Where each symbol begins and ends: two numbers each. */
  private int[] symbols = new int[256];

  private int symbolCount;
  private byte[] laid = new byte[1024];
  private int laidEnd;
  private int refCount;
  private int series;

  private RemoteWrite2(byte[] bytes, int length, Format.Intake intake) {
    this.bytes = bytes;
    this.length = length;
    this.in = new ProtoReader(bytes, length);
    this.intake = intake;
    this.labels = new LabelSet(intake);
    this.collected = new Collected(intake);
  }

  static Decoded decode(byte[] body, Format.Intake intake) {
    return SnappyBlock.read(
        body,
        intake.limits(),
        (bytes, length) -> new RemoteWrite2(bytes, length, intake).request());
  }

  /** Symbols may stand behind the series that use them, so they are found first. */
  private Decoded request() {
    while (in.more(length)) {
      int tag = in.tag();
      if (tag == SYMBOL) {
        symbol(in.end(length));
      } else {
        in.skip(tag, length);
      }
    }
    if (symbolCount > 0 && symbols[0] != symbols[1]) {
      throw new MalformedInput("symbols[0]: text found, expected the empty text");
    }
    in.jump(0);
    while (in.more(length)) {
      int tag = in.tag();
      if (tag == SERIES) {
        series(in.end(length));
        series++;
      } else {
        in.skip(tag, length);
      }
    }
    return collected.done();
  }

  private void symbol(int end) {
    if (2 * symbolCount == symbols.length) {
      symbols = Arrays.copyOf(symbols, symbols.length * 2);
    }
    symbols[2 * symbolCount] = in.position();
    symbols[2 * symbolCount + 1] = end;
    symbolCount++;
    in.jump(end);
  }

  private String where() {
    return "timeseries[" + series + "]";
  }

  private void series(int end) {
    int start = in.position();
    layLabels(end);
    Optional<Labels> found =
        collected.labels(Format.REMOTE_WRITE_2, laid, 0, laidEnd, decodeLabels);
    in.jump(start);
    int wrong = 0;
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == SAMPLE) {
        int sampleEnd = in.end(end);
        if (found.isPresent()) {
          RemoteWrite.sample(found.get(), in, sampleEnd, collected, where);
        } else {
          in.jump(sampleEnd);
          wrong++;
        }
      } else if (tag == METADATA) {
        metadata(found, in.end(end));
      } else {
        if (tag == HISTOGRAM) {
          collected.refuse(Reason.NATIVE_HISTOGRAM, 1, where() + RemoteWrite.NO_NATIVE_HISTOGRAMS);
        }
        in.skip(tag, end);
      }
    }
    if (wrong > 1) {
      collected.refuse(Reason.LABELS, wrong - 1, where());
    }
  }

  private void layLabels(int end) {
    laidEnd = 0;
    refCount = 0;
    while (in.more(end)) {
      int tag = in.tag();
      if (tag == REFS) {
        int refsEnd = in.end(end);
        while (in.more(refsEnd)) {
          lay(in.varint(refsEnd));
        }
      } else if (tag == REF) {
        lay(in.varint(end));
      } else {
        in.skip(tag, end);
      }
    }
    if (refCount % 2 != 0) {
      throw new MalformedInput(
          where() + ".labels_refs: " + refCount + " numbers found, expected name, value pairs");
    }
  }

  private void lay(long ref) {
    int symbol = symbol(ref, ".labels_refs");
    int from = symbols[2 * symbol];
    int length = symbols[2 * symbol + 1] - from;
    int needed = laidEnd + LENGTH + length;
    if (needed < 0 || needed > intake.limits().decodedBytes()) {
      throw MalformedInput.tooLarge(
          "bytes of the labels of " + where(),
          needed & 0xffffffffL,
          intake.limits().decodedBytes());
    }
    if (needed > laid.length) {
      laid = Arrays.copyOf(laid, Math.max(needed, laid.length * 2));
    }
    for (int i = 0; i < LENGTH; i++) {
      laid[laidEnd++] = (byte) (length >>> 8 * i);
    }
    System.arraycopy(bytes, from, laid, laidEnd, length);
    laidEnd += length;
    refCount++;
  }

  private int symbol(long ref, String field) {
    if (ref < 0 || ref >= symbolCount) {
      throw new MalformedInput(
          where()
              + field
              + ": symbol "
              + Long.toUnsignedString(ref)
              + " found, expected less than "
              + symbolCount);
    }
    return (int) ref;
  }

  private Labels decodeLabels(int from, int to) {
    labels.clear();
    int at = from;
    while (at < to) {
      int nameEnd = textEnd(at);
      int valueEnd = textEnd(nameEnd);
      labels.add(
          Utf8.text(laid, at + LENGTH, nameEnd, where),
          Utf8.text(laid, nameEnd + LENGTH, valueEnd, where));
      at = valueEnd;
    }
    return labels.build(where);
  }

  private int textEnd(int at) {
    int length = 0;
    for (int i = 0; i < LENGTH; i++) {
      length |= (laid[at + i] & 0xff) << 8 * i;
    }
    return at + LENGTH + length;
  }

  /** The first word on a family counts; a bucket's family is its name without the suffix. */
  private void metadata(Optional<Labels> found, int end) {
    long type = 0;
    int help = 0;
    int unit = 0;
    while (in.more(end)) {
      int tag = in.tag();
      switch (tag) {
        case TYPE -> type = in.varint(end);
        case HELP -> help = symbol(in.varint(end), ".metadata.help_ref");
        case UNIT -> unit = symbol(in.varint(end), ".metadata.unit_ref");
        default -> in.skip(tag, end);
      }
    }
    if (found.isEmpty() || (type == 0 && help == 0 && unit == 0)) {
      return;
    }
    String word = RemoteWrite.type(type);
    String family = family(found.get().metricName(), word);
    if (!collected.described(family)) {
      collected.describe(family, new Description(word, text(help), text(unit)));
    }
  }

  private static String family(String metric, String type) {
    if (type.equals("histogram") || type.equals("summary")) {
      for (String suffix : new String[] {"_bucket", "_sum", "_count"}) {
        if (metric.endsWith(suffix)) {
          return metric.substring(0, metric.length() - suffix.length());
        }
      }
    }
    return metric;
  }

  private String text(int symbol) {
    return symbolCount == 0
        ? ""
        : Utf8.text(bytes, symbols[2 * symbol], symbols[2 * symbol + 1], where);
  }
}

package io.tocsin.http;

import com.google.protobuf.CodedOutputStream;
import io.tocsin.label.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.xerial.snappy.Snappy;

/** Bodies of remote write 1.0. */
final class RemoteWrites {
  private RemoteWrites() {}

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  /** One sample of value 1 of each series. */
  static byte[] of(long millis, List<Labels> series) throws IOException {
    return Snappy.compress(
        message(
            out -> {
              for (Labels labels : series) {
                out.writeByteArray(1, message(one -> write(one, labels, millis)));
              }
            }));
  }

  private static void write(CodedOutputStream out, Labels labels, long millis) throws IOException {
    for (int i = 0; i < labels.size(); i++) {
      int at = i;
      out.writeByteArray(
          1,
          message(
              label -> {
                label.writeString(1, labels.name(at));
                label.writeString(2, labels.value(at));
              }));
    }
    out.writeByteArray(
        2,
        message(
            sample -> {
              sample.writeDouble(1, 1);
              sample.writeInt64(2, millis);
            }));
  }

  private static byte[] message(Fields fields) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteArray();
  }
}

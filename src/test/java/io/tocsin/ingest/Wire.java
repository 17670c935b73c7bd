package io.tocsin.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.xerial.snappy.Snappy;

/** Protobuf messages written field by field, as remote writers send them. */
final class Wire {

  private Wire() {}

  interface Body {
    void write(CodedOutputStream out) throws IOException;
  }

  static byte[] message(Body body) {
    var bytes = new ByteArrayOutputStream();
    try {
      var out = CodedOutputStream.newInstance(bytes);
      body.write(out);
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] label(String name, String value) {
    return message(
        out -> {
          out.writeString(1, name);
          out.writeString(2, value);
        });
  }

  static byte[] sample(double value, long timestamp) {
    return message(
        out -> {
          out.writeDouble(1, value);
          out.writeInt64(2, timestamp);
        });
  }

  static void field(CodedOutputStream out, int number, byte[] message) throws IOException {
    out.writeBytes(number, ByteString.copyFrom(message));
  }

  static byte[] snappy(byte[] bytes) {
    try {
      return Snappy.compress(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

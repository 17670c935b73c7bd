package io.tocsin.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Text from bytes that must be UTF-8. */
final class Utf8 {

  private Utf8() {}

  static String text(byte[] bytes, int from, int to, Supplier<String> where) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return strict(bytes, from, to, where);
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static String strict(byte[] bytes, int from, int to, Supplier<String> where) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw MalformedInput.labels(where.get() + ": text that is not UTF-8 found");
    }
  }
}

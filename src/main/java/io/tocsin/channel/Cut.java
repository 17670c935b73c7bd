package io.tocsin.channel;

import java.util.function.IntFunction;

/**
 * Words within a vendor's limits. What is too long is refused there and then nobody is told of
 * anything, so it is cut here, between characters, with an ellipsis; addresses are never cut.
 */
final class Cut {

  private static final String MARK = "…";

  /** Below so few characters a shorter text says nothing more. */
  private static final int LEAST = 16;

  private Cut() {}

  /** The text in at most so many characters (UTF-16 units, as vendors count at most). */
  static String text(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + MARK;
  }

  /**
   * The text and after it what must arrive whole, such as links, together in at most so many
   * characters. Only when that alone does not leave room for a text it stands alone.
   */
  static String keeping(String text, String whole, int most) {
    int room = most - whole.length();
    return room < LEAST ? whole.strip() : text(text, room) + whole;
  }

  /**
   * A body of at most so many bytes: written with texts of {@code longest} characters, and while it
   * is larger, with half as many.
   */
  static byte[] fitting(int mostBytes, int longest, IntFunction<byte[]> body) {
    int most = longest;
    byte[] written = body.apply(most);
    while (written.length > mostBytes && most > LEAST) {
      most /= 2;
      written = body.apply(most);
    }
    return written;
  }
}

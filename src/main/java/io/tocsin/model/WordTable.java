package io.tocsin.model;

import java.util.Arrays;

/**
 * Words numbered in order of first sight, found by their characters without making a String of
 * them.
 */
final class WordTable {

  private String[] words = new String[8];
  private int size;
  private int[] slots = new int[16];

  /** The number of a word. */
  int code(String word) {
    return code(word.toCharArray(), 0, word.length());
  }

  /** The number of a word. */
  int code(char[] text, int from, int length) {
    int hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + text[i];
    }
    int mask = slots.length - 1;
    int slot = spread(hash) & mask;
    while (slots[slot] != 0) {
      int code = slots[slot] - 1;
      if (same(words[code], text, from, length)) {
        return code;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = ++size;
    if (size > words.length) {
      words = Arrays.copyOf(words, 2 * words.length);
    }
    words[size - 1] = new String(text, from, length);
    if (2 * size > slots.length) {
      grow();
    }
    return size - 1;
  }

  private static int spread(int hash) {
    return hash ^ (hash >>> 16);
  }

  private static boolean same(String word, char[] text, int from, int length) {
    if (word.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (word.charAt(i) != text[from + i]) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int code = 0; code < size; code++) {
      int slot = spread(words[code].hashCode()) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = code + 1;
    }
  }

  int size() {
    return size;
  }

  String[] words() {
    return Arrays.copyOf(words, size);
  }
}

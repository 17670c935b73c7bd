package io.tocsin.web;

import io.tocsin.http.Request;
import java.util.List;

/**
 * One page of a list: never more rows than a browser can show at once.
 *
 * @param page from 1
 * @param total rows of the whole list
 */
public record Slice<T>(List<T> rows, int page, int size, int total) {

  private static final int MOST_PAGES = 10_000;

  public Slice {
    rows = List.copyOf(rows);
  }

  /** The page that a request's {@code page} names, the last when it lies beyond. */
  static <T> Slice<T> of(List<T> all, Request request, int size) {
    return of(all, request.integer("page", 1, 1, MOST_PAGES), size);
  }

  static <T> Slice<T> of(List<T> all, int asked, int size) {
    int pages = Math.max(1, (all.size() + size - 1) / size);
    int page = Math.min(asked, pages);
    int from = (page - 1) * size;
    return new Slice<>(
        all.subList(from, Math.min(all.size(), from + size)), page, size, all.size());
  }

  /** How many pages there are. */
  public int pages() {
    return Math.max(1, (total + size - 1) / size);
  }

  /** Which rows these are, as in {@code 51 to 100 of 240}. */
  public String words() {
    int from = (page - 1) * size;
    return pages() == 1
        ? Integer.toString(total)
        : "%d to %d of %d".formatted(from + 1, from + rows.size(), total);
  }
}

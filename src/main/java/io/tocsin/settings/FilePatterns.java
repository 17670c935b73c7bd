package io.tocsin.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** Files meant by a pattern such as {@code alert-rules/*.yaml}: wild cards in the last name. */
public final class FilePatterns {

  private FilePatterns() {}

  /** Whether it may mean none or many files. */
  public static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /** The files that match, sorted; none when the folder is not there. */
  public static List<Path> matching(Path folder, String pattern) {
    Path whole = folder.resolve(pattern);
    Path parent = whole.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + whole);
    try (Stream<Path> files = Files.list(parent)) {
      return files.filter(matcher::matches).filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

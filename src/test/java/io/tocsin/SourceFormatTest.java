package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds every source file to google-java-format. To format them: {@code mvn test-compile
 * surefire:test -Dtest=SourceFormatTest -Dtocsin.format=write}.
 */
class SourceFormatTest {

  private static final boolean WRITE = "write".equals(System.getProperty("tocsin.format"));

  @Test
  void everySourceFileIsFormatted() throws IOException {
    List<Path> sources;
    try (var walk = Files.walk(Path.of("src"))) {
      sources = walk.filter(path -> path.toString().endsWith(".java")).toList();
    }

    assertThat(sources.parallelStream().filter(path -> !formatted(path)).sorted())
        .as("files that google-java-format would change")
        .isEmpty();
  }

  private static boolean formatted(Path path) {
    try {
      String text = Files.readString(path);
      String wanted = format(text);
      if (WRITE && !wanted.equals(text)) {
        Files.writeString(path, wanted);
        return true;
      }
      return wanted.equals(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatterException e) {
      throw new AssertionError(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String format(String text) throws FormatterException {
    String ordered =
        ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(text), JavaFormatterOptions.Style.GOOGLE);
    return new Formatter().formatSource(ordered);
  }
}

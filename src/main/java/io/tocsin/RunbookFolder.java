package io.tocsin;

import io.tocsin.runbook.Runbook;
import io.tocsin.runbook.RunbookShelf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of runbooks, brought onto the shelf at start and every minute when it changed. */
final class RunbookFolder {
  private static final Logger log = LoggerFactory.getLogger(RunbookFolder.class);
  private static final int MAX_PAGES = 2_000;
  private static final long MAX_BYTES = 256 * 1024;

  private final Path folder;
  private final RunbookShelf shelf;
  private List<Runbook> last = List.of();

  RunbookFolder(Path folder, RunbookShelf shelf) {
    this.folder = folder;
    this.shelf = shelf;
  }

  /** Reads the folder; a page too large or unreadable is left out and logged. */
  synchronized void refresh() {
    List<Runbook> pages = read();
    if (!pages.equals(last)) {
      shelf.replace(pages);
      last = pages;
    }
  }

  private List<Runbook> read() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var pages = new ArrayList<Runbook>();
    try (var files = Files.newDirectoryStream(folder, "*.md")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replaceAll("\\.md$", "");
        if (name.equals("README") || pages.size() == MAX_PAGES) {
          continue;
        }
        if (Files.size(file) > MAX_BYTES) {
          log.warn("runbook {} is larger than {} bytes and left out", file, MAX_BYTES);
          continue;
        }
        pages.add(
            Runbook.parse(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      log.warn("runbooks in {} cannot be read", folder, e);
      return last;
    }
    pages.sort((a, b) -> a.name().compareTo(b.name()));
    return pages;
  }
}

package io.tocsin.bench;

import io.tocsin.web.PictureBook;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps pictures of every page of the console and the status page under {@code target/screenshots}:
 * {@code mvn -q test-compile exec:exec@bench -Dbench=Screenshots}. With names of pages as arguments
 * only those.
 */
final class Screenshots {

  private Screenshots() {}

  public static void main(String[] names) throws Exception {
    Path folder = Path.of("target", "screenshots");
    PictureBook.take(folder, List.of(names));
    System.out.println("pictures are in " + folder.toAbsolutePath());
  }
}

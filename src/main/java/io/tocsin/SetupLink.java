package io.tocsin;

import io.tocsin.access.SetupCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link with which the first admin is made: in the log, and in a file that only the service's
 * own user may read. The file goes when the link was used.
 */
final class SetupLink {

  private static final Logger log = LoggerFactory.getLogger(SetupLink.class);
  private static final String FILE = "setup-link";

  private SetupLink() {}

  /** Writes a new link. */
  static void write(SetupCode code, URI console, Path data, Instant now) throws IOException {
    String link = console.resolve("/setup?code=" + code.mint(new SecureRandom(), now)).toString();
    Path file = data.resolve(FILE);
    Files.deleteIfExists(file);
    Files.createFile(
        file,
        PosixFilePermissions.asFileAttribute(
            Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
    Files.writeString(file, link + "\n");
    log.info("nobody can log in yet; within a day, make the first admin at {}", link);
  }

  /** Takes a link away that is no longer needed. */
  static void remove(Path data) {
    try {
      Files.deleteIfExists(data.resolve(FILE));
    } catch (IOException e) {
      log.warn("the link for the first admin, no longer good, cannot be deleted: {}", e.toString());
    }
  }
}

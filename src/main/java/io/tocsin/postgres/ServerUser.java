package io.tocsin.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who runs the server's programs: PostgreSQL refuses to run as root. Anybody else runs them as they
 * are. Root runs them in a user namespace of their own, where it is nobody but still owns its
 * files; where namespaces are forbidden (many containers), as the user {@code nobody}, who then
 * owns the folder.
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man7/user_namespaces.7.html">user_namespaces(7)</a>
 */
sealed interface ServerUser {

  /** The command line that runs a program as this user. */
  List<String> command(List<String> program);

  /** Gives a file or folder to this user. */
  void own(Path file) throws IOException;

  /** Runs programs as they are. */
  record Ourselves() implements ServerUser {
    @Override
    public List<String> command(List<String> program) {
      return program;
    }

    @Override
    public void own(Path file) {}
  }

  /** Root in a namespace where it has no rights. */
  record OwnNamespace() implements ServerUser {
    static final List<String> PREFIX = List.of("unshare", "--user");

    @Override
    public List<String> command(List<String> program) {
      return joined(PREFIX, program);
    }

    @Override
    public void own(Path file) {}
  }

  /** The user {@code nobody}. */
  record Nobody() implements ServerUser {
    static final List<String> PREFIX =
        List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--");

    @Override
    public List<String> command(List<String> program) {
      return joined(PREFIX, program);
    }

    @Override
    public void own(Path file) throws IOException {
      UserPrincipal nobody =
          file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
      Files.setOwner(file, nobody);
    }
  }

  /**
   * The user for this process and machine.
   *
   * @throws DatabaseProblem when this is root and no way down is open
   */
  static ServerUser choose(Path folder) throws IOException, InterruptedException {
    if (!isRoot()) {
      return new Ourselves();
    }
    if (runs(joined(OwnNamespace.PREFIX, List.of("true")))) {
      return new OwnNamespace();
    }
    if (runs(joined(Nobody.PREFIX, List.of("test", "-x", folder.toString())))) {
      return new Nobody();
    }
    throw new DatabaseProblem(
        """
        PostgreSQL does not run as root, and neither "unshare --user" nor user nobody in %s works here. \
        Start Tocsin as an ordinary user, put its data where user nobody may go (for example \
        --data /var/lib/tocsin), or give a server: database: {url: jdbc:postgresql://...}\
        """
            .formatted(folder));
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static boolean runs(List<String> command) throws InterruptedException {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException programMissing) {
      return false;
    }
  }

  private static List<String> joined(List<String> prefix, List<String> program) {
    var all = new ArrayList<>(prefix);
    all.addAll(program);
    return List.copyOf(all);
  }
}

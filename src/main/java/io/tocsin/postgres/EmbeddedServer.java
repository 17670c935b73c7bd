package io.tocsin.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own below the data folder: programs from the class path, one durable
 * cluster, a random password, loopback only. It outlives a killed process and is taken over by the
 * next one; a lock file keeps a second process away.
 */
public final class EmbeddedServer implements AutoCloseable {
  /** The database and the role that own everything. */
  static final String NAME = "tocsin";

  private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(8);

  private final FileChannel lock;
  private final ServerPrograms programs;
  private final DatabaseSettings.Server address;

  private EmbeddedServer(
      FileChannel lock, ServerPrograms programs, DatabaseSettings.Server address) {
    this.lock = lock;
    this.programs = programs;
    this.address = address;
  }

  /**
   * Starts the server, or takes over the one a killed process left behind. Blocks until it answers.
   *
   * @throws DatabaseProblem when another process uses the folder, when this is root without a way
   *     to be less, or when the server does not come up
   */
  public static EmbeddedServer start(DatabaseSettings.Embedded settings) {
    return start(settings, settings.folder());
  }

  /** As {@link #start(DatabaseSettings.Embedded)}, with the programs unpacked in another folder. */
  static EmbeddedServer start(DatabaseSettings.Embedded settings, Path programFolder) {
    Path folder = settings.folder().toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
      FileChannel lock = lock(folder);
      try {
        return start(settings, folder, lock, programFolder.toAbsolutePath().normalize());
      } catch (IOException | InterruptedException | RuntimeException failed) {
        lock.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw new DatabaseProblem("embedded PostgreSQL in " + folder + ": " + failed, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DatabaseProblem("interrupted while starting PostgreSQL", interrupted);
    }
  }

  private static EmbeddedServer start(
      DatabaseSettings.Embedded settings, Path folder, FileChannel lock, Path programFolder)
      throws IOException, InterruptedException {
    Path home = ServerBinaries.unpack(programFolder);
    var programs = new ServerPrograms(home, folder, ServerUser.choose(folder));
    String password = password(folder, programs.user());
    if (!Files.exists(programs.cluster())) {
      programs.initialise(NAME, folder.resolve("password"));
    }
    Optional<Postmaster> left = Postmaster.of(programs.cluster());
    if (left.isPresent()) {
      var address = address(left.get().port(), password, settings);
      if (adoptable(left.get(), settings, home) && answers(address)) {
        log.info("took over the PostgreSQL server left on port {}", left.get().port());
        return new EmbeddedServer(lock, programs, address);
      }
      log.warn("stopping the PostgreSQL server left on port {}", left.get().port());
      programs.stop(STOP);
    }
    int port = port(settings, folder);
    programs.start(port, settings.durable(), START);
    return new EmbeddedServer(lock, programs, address(port, password, settings));
  }

  /** Where to connect. */
  public DatabaseSettings.Server address() {
    return address;
  }

  /** The server process, absent when it is not running. */
  Optional<ProcessHandle> process() {
    try {
      return Postmaster.of(programs.cluster()).map(Postmaster::process);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Fast shutdown: running statements are cut off, everything committed is flushed; within 10 s.
   */
  @Override
  public void close() {
    try {
      programs.stop(STOP);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException failed) {
      log.warn("PostgreSQL did not stop cleanly: {}", failed.toString());
    } finally {
      abandon();
    }
  }

  /** Lets go of the folder and leaves the server running, as a killed process does. */
  void abandon() {
    try {
      lock.close();
    } catch (IOException failed) {
      log.warn("cannot release the data folder: {}", failed.toString());
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held = null;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      log.debug("{} is in use by this very process", folder);
    }
    if (held == null) {
      channel.close();
      throw new DatabaseProblem(
          "another Tocsin uses the data folder "
              + folder
              + "; stop it, or give this one a folder of its own with --data");
    }
    return channel;
  }

  private static String password(Path folder, ServerUser user) throws IOException {
    Path file = folder.resolve("password");
    if (Files.exists(file)) {
      return Files.readString(file, UTF_8).strip();
    }
    var bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    String password = HexFormat.of().formatHex(bytes);
    Path fresh =
        Files.createTempFile(
            folder,
            "password",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, password, UTF_8);
    user.own(fresh);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return password;
  }

  /** The configured port, else the remembered one, else a free one; remembered from now on. */
  private static int port(DatabaseSettings.Embedded settings, Path folder) throws IOException {
    Path file = folder.resolve("port");
    int wanted = settings.port();
    if (wanted == 0 && Files.exists(file)) {
      wanted = Integer.parseInt(Files.readString(file, UTF_8).strip());
    }
    int port = wanted;
    try (var probe = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    } catch (IOException taken) {
      if (settings.port() != 0) {
        throw new DatabaseProblem(
            "port " + wanted + " for the embedded PostgreSQL is taken: " + taken.getMessage(),
            taken);
      }
      try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = probe.getLocalPort();
      }
      log.warn("port {} of the embedded PostgreSQL is taken, it is now on {}", wanted, port);
    }
    Files.writeString(file, Integer.toString(port), UTF_8);
    return port;
  }

  private static boolean adoptable(Postmaster left, DatabaseSettings.Embedded settings, Path home) {
    return left.ready()
        && left.runsFrom(home)
        && (settings.port() == 0 || settings.port() == left.port());
  }

  private static DatabaseSettings.Server address(
      int port, String password, DatabaseSettings.Embedded settings) {
    return new DatabaseSettings.Server(
        "jdbc:postgresql://" + LOOPBACK + ":" + port + "/" + NAME,
        NAME,
        password,
        settings.poolSize());
  }

  private static boolean answers(DatabaseSettings.Server address) {
    var properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "2");
    try (var connection = DriverManager.getConnection(address.url(), properties)) {
      return connection.isValid(2);
    } catch (SQLException unhealthy) {
      return false;
    }
  }
}

package io.tocsin;

import io.tocsin.postgres.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine.Option;

/**
 * The database of a service, for commands that write into it themselves. With the embedded one the
 * service must not be running.
 */
final class OwnDatabase {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "tocsin.yaml",
      description = "The configuration, for its database (default ${DEFAULT-VALUE}).")
  private Path config = Path.of("tocsin.yaml");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The service's data folder (default ${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  /** Opened until the life-cycle closes. */
  Database open(Lifecycle lifecycle, InstantSource clock) throws Exception {
    Configuration configuration = Configuration.read(config, System.getenv());
    return Foundation.database(lifecycle, configuration.storage(), data, clock);
  }
}

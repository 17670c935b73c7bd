package io.tocsin;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin serve}: the service until it is told to stop. */
@Command(name = "serve", description = "Runs the service.")
final class ServeCommand implements Callable<Integer> {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "tocsin.yaml",
      description = "The configuration (default ${DEFAULT-VALUE}).")
  private Path config = Path.of("tocsin.yaml");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Folder for everything that is kept (default ${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Override
  public Integer call() throws Exception {
    Configuration configuration = Configuration.read(config, System.getenv());
    run(Server.start(configuration, data, new SteadyClock(), ServerExtras.NONE));
    return Tocsin.FINE;
  }

  /** Waits for the signal to stop, then stops in order. */
  static void run(Server server) throws InterruptedException {
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "shutdown"));
    stopped.await();
  }
}

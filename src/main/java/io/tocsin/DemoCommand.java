package io.tocsin;

import io.tocsin.demo.Demo;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin demo}: the whole service watching itself and a simulated company. */
@Command(name = "demo", description = "Runs the service with a simulated company to watch.")
final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "target/demo",
      description = "Folder for everything that is kept (default ${DEFAULT-VALUE}).")
  private Path data = Path.of("target/demo");

  @Override
  public Integer call() throws Exception {
    InstantSource clock = new SteadyClock();
    Demo demo = Demo.open(data, clock);
    Configuration configuration = Configuration.read(demo.configuration(), demo.environment());
    Server server =
        Server.start(configuration, data, clock, new ServerExtras(Optional.of(demo.controls())));
    demo.begin(server.console().url());
    var out = spec.commandLine().getOut();
    out.println();
    out.println("  This is the demo. Something will break in a few seconds.");
    out.println();
    out.println("  Console      " + server.console().url());
    out.println("  Status page  " + server.page().url());
    out.println("  Company      " + server.console().url() + "demo");
    out.println();
    out.flush();
    ServeCommand.run(server);
    return Tocsin.FINE;
  }
}

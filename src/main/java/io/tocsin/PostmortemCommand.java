package io.tocsin;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin postmortem ID}: the post-mortem of an incident as Markdown. */
@Command(name = "postmortem", description = "Prints an incident's post-mortem as Markdown.")
final class PostmortemCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RemoteServer server = new RemoteServer();

  @Parameters(paramLabel = "ID", description = "Id of the incident.")
  private String id = "";

  @Override
  public Integer call() throws IOException {
    String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8);
    spec.commandLine()
        .getOut()
        .print(server.get("/api/v1/incidents/" + encoded + "/postmortem.md"));
    spec.commandLine().getOut().flush();
    return Tocsin.FINE;
  }
}

package io.tocsin;

import io.tocsin.access.ApiToken;
import io.tocsin.access.Scope;
import io.tocsin.access.TokenText;
import io.tocsin.postgres.Database;
import io.tocsin.postgres.PostgresTokens;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin token ...}. */
@Command(
    name = "token",
    description = "Makes tokens for the operations listener.",
    subcommands = TokenCommand.Create.class)
final class TokenCommand {

  /**
   * {@code tocsin token create}: writes into the database itself, for the first token. With the
   * embedded database the service must not be running; it makes further tokens itself.
   */
  @Command(name = "create", description = "Makes a token and prints it, once.")
  static final class Create implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private OwnDatabase own = new OwnDatabase();

    @Option(names = "--name", defaultValue = "cli", description = "Name shown beside its deeds.")
    private String name = "cli";

    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        required = true,
        description = "ingest, read, communicate, respond or admin; may be repeated.")
    private List<Scope> scopes = List.of();

    @Option(names = "--days", description = "Ends after so many days (default: never).")
    private @Nullable Integer days;

    @Override
    public Integer call() throws Exception {
      InstantSource clock = InstantSource.system();
      TokenText text = TokenText.mint(new SecureRandom());
      try (var lifecycle = new Lifecycle()) {
        Database database = own.open(lifecycle, clock);
        new PostgresTokens(database)
            .add(
                ApiToken.of(
                    text,
                    name,
                    Set.copyOf(scopes),
                    clock.instant(),
                    Optional.ofNullable(days)
                        .map(count -> clock.instant().plus(Duration.ofDays(count)))));
      }
      spec.commandLine().getOut().println(text.reveal());
      return Tocsin.FINE;
    }
  }
}

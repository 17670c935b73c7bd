package io.tocsin;

import io.tocsin.access.Account;
import io.tocsin.access.AccountDesk;
import io.tocsin.access.AccountStore;
import io.tocsin.access.Argon2id;
import io.tocsin.access.Hashing;
import io.tocsin.access.Role;
import io.tocsin.postgres.Database;
import io.tocsin.postgres.PostgresAccounts;
import io.tocsin.postgres.PostgresAudit;
import io.tocsin.postgres.PostgresSessions;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tocsin user ...}: people who may log in, in the database itself. With the embedded
 * database the service must not be running; it has pages for the same.
 */
@Command(
    name = "user",
    description = "Makes, lists and changes people who may log in.",
    subcommands = {
      UserCommand.Create.class,
      UserCommand.ListAll.class,
      UserCommand.Disable.class,
      UserCommand.Password.class
    })
final class UserCommand {

  /** What each of them needs. */
  private static final class Where {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Mixin private OwnDatabase own = new OwnDatabase();

    /** What is done with the accounts. */
    private interface Deed {
      int with(AccountDesk desk, AccountStore accounts, AccountDesk.By by, PrintWriter out);
    }

    int open(Deed deed) throws Exception {
      InstantSource clock = InstantSource.system();
      try (var lifecycle = new Lifecycle()) {
        Database database = own.open(lifecycle, clock);
        var accounts = new PostgresAccounts(database);
        var random = new SecureRandom();
        var desk =
            new AccountDesk(
                accounts,
                new PostgresSessions(database),
                new PostgresAudit(database),
                Hashing.plain(Argon2id.USUAL, random),
                random,
                () -> {});
        var by =
            new AccountDesk.By("cli:" + System.getProperty("user.name", ""), "", clock.instant());
        return deed.with(desk, accounts, by, spec.commandLine().getOut());
      } catch (AccountDesk.Wrong wrong) {
        spec.commandLine().getErr().println("tocsin: " + wrong.field() + ": " + wrong.words());
      } catch (AccountStore.Refused refused) {
        spec.commandLine().getErr().println("tocsin: " + refused.getMessage());
      }
      return Tocsin.BAD;
    }

    @Option(names = "--stdin", description = "Reads the password from standard input.")
    private boolean stdin;

    /** From the terminal without an echo, or the first line of standard input. */
    String password() throws IOException {
      Optional<Console> console = Optional.ofNullable(System.console());
      if (!stdin && console.isPresent()) {
        return new String(console.get().readPassword("Password: "));
      }
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = in.readLine();
      return line == null ? "" : line;
    }

    Optional<Account> named(AccountStore accounts, String name) {
      Optional<Account> account = accounts.named(name);
      if (account.isEmpty()) {
        spec.commandLine().getErr().println("tocsin: there is no user " + name);
      }
      return account;
    }
  }

  /** {@code tocsin user create}. */
  @Command(
      name = "create",
      description = "Makes a user; the password is read from the terminal or standard input.")
  static final class Create implements Callable<Integer> {
    @Mixin private Where where = new Where();

    @Parameters(paramLabel = "NAME", description = "By which the person logs in.")
    private String name = "";

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        required = true,
        description = "viewer, communicator, responder or admin.")
    private Role role = Role.VIEWER;

    @Override
    public Integer call() throws Exception {
      String password = where.password();
      return where.open(
          (desk, accounts, by, out) -> {
            Account made = desk.create(by, name, role, password);
            out.println("user " + made.name() + " is " + made.role().word());
            return Tocsin.FINE;
          });
    }
  }

  /** {@code tocsin user list}. */
  @Command(name = "list", description = "Lists users.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private Where where = new Where();

    @Override
    public Integer call() throws Exception {
      return where.open(
          (desk, accounts, by, out) -> {
            for (Account account : desk.accounts()) {
              out.printf(
                  "%-24s %-12s %-8s last log-in %s%n",
                  account.name(),
                  account.role().word(),
                  account.disabled() ? "disabled" : "active",
                  account.lastLogin().map(Instant::toString).orElse("never"));
            }
            return Tocsin.FINE;
          });
    }
  }

  /** {@code tocsin user disable}. */
  @Command(name = "disable", description = "Keeps a user out and ends the sessions.")
  static final class Disable implements Callable<Integer> {
    @Mixin private Where where = new Where();

    @Parameters(paramLabel = "NAME", description = "Who.")
    private String name = "";

    @Option(names = "--undo", description = "Lets the user in again.")
    private boolean undo;

    @Override
    public Integer call() throws Exception {
      return where.open(
          (desk, accounts, by, out) -> {
            Optional<Account> account = where.named(accounts, name);
            account.ifPresent(
                it -> {
                  desk.edit(by, it.id(), Optional.empty(), Optional.of(!undo));
                  out.println("user " + it.name() + " is " + (undo ? "active" : "disabled"));
                });
            return account.isPresent() ? Tocsin.FINE : Tocsin.BAD;
          });
    }
  }

  /** {@code tocsin user password}. */
  @Command(
      name = "password",
      description = "Gives a user a new password, read from the terminal or standard input.")
  static final class Password implements Callable<Integer> {
    @Mixin private Where where = new Where();

    @Parameters(paramLabel = "NAME", description = "Whose.")
    private String name = "";

    @Override
    public Integer call() throws Exception {
      String password = where.password();
      return where.open(
          (desk, accounts, by, out) -> {
            Optional<Account> account = where.named(accounts, name);
            account.ifPresent(
                it -> {
                  desk.resetPassword(by, it.id(), password);
                  out.println("user " + it.name() + " has a new password");
                });
            return account.isPresent() ? Tocsin.FINE : Tocsin.BAD;
          });
    }
  }
}

package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.incident.Grouping;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.rule.Backfill;
import io.tocsin.rule.Replay;
import io.tocsin.rule.ReplayComparison;
import io.tocsin.rule.ReplayReport;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.RuleProblem;
import io.tocsin.rule.Site;
import io.tocsin.rule.drift.ModelHistory;
import io.tocsin.series.Journal;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesReader;
import io.tocsin.series.SeriesStore.AppendResult;
import io.tocsin.settings.RuleFiles;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Yaml;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Rules over what is stored: which incidents they would have opened, what recording rules would
 * have recorded. Bounded in range, evaluations and time, on a pool beside people's queries.
 */
public final class RuleHistoryRoutes implements Routes {
  private static final String PATH = "/api/v1/rules/";
  private static final long MAX_BODY = 8L * 1024 * 1024;
  private static final int MAX_FILES = 100;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final long JOURNAL_SECONDS = 30;

  /** The samples that go to the journal at once. */
  private static final int PORTION = 10_000;

  /**
   * What this asks of the service.
   *
   * @param active the rules in force
   * @param grouping which alerts belong to one incident
   */
  public record Ports(
      SeriesReader reader,
      Journal journal,
      Supplier<List<RuleGroup>> active,
      Supplier<Grouping> grouping,
      Supplier<SeverityPolicy> severities,
      ModelHistory models) {}

  /** A rule file as text. */
  record File(String name, String text) {}

  /**
   * A request.
   *
   * @param against {@code active} (also when absent), {@code none}, or {@code files}
   * @param before with {@code files}: the rules to compare with
   */
  record Question(
      List<File> files,
      Instant from,
      Instant to,
      Optional<String> against,
      Optional<List<File>> before) {}

  record ReplayJson(ReplayReport replay, Optional<ReplayComparison> comparison, long tookMillis) {}

  record BackfillJson(int rules, long samples, long refused, long tookMillis) {}

  private final Ports ports;
  private final QueryPool pool;

  public RuleHistoryRoutes(Ports ports, QueryPool pool) {
    this.ports = ports;
    this.pool = pool;
  }

  @Override
  public void mount(Router router) {
    Operation.post(router, PATH + "replay")
        .needs(Scope.READ)
        .reads(MAX_BODY, "application/json")
        .answers(request -> compute(request, this::replay));
    Operation.post(router, PATH + "backfill")
        .needs(Scope.ADMIN)
        .reads(MAX_BODY, "application/json")
        .answers(request -> compute(request, this::backfill));
  }

  /** Something to compute from a question. */
  @FunctionalInterface
  private interface Work {
    Object answer(Question question, QueryLimits limits);
  }

  private Future<Reply> compute(Request request, Work work) {
    Question question = request.json(Question.class);
    return pool.answer(request, TIMEOUT, stop -> Reply.json(answer(question, work, stop)));
  }

  private static Object answer(Question question, Work work, BooleanSupplier stop) {
    try {
      return work.answer(question, QueryLimits.DEFAULT.withStop(stop));
    } catch (SettingsProblem | RuleProblem wrong) {
      throw ProblemException.badRequest(String.valueOf(wrong.getMessage()));
    } catch (QueryProblem problem) {
      String detail = String.valueOf(problem.getMessage());
      throw stop.getAsBoolean()
          ? ProblemException.unavailable(
              "it took longer than " + TIMEOUT.toSeconds() + " s: ask for a shorter stretch",
              Duration.ofSeconds(5))
          : ProblemException.of(422, detail);
    }
  }

  private ReplayJson replay(Question question, QueryLimits limits) {
    long began = System.nanoTime();
    List<RuleGroup> asked = groups(question.files());
    String against = question.against().orElse("active");
    var replay =
        new Replay(
            ports.reader(),
            limits,
            ports.grouping().get(),
            ports.severities().get(),
            Site.NONE,
            ports.models());
    ReplayReport report = replay.run(asked, question.from(), question.to());
    Optional<ReplayComparison> comparison =
        switch (against) {
          case "none" -> Optional.empty();
          case "active" -> Optional.of(compared(replay, question, ports.active().get(), asked));
          case "files" ->
              Optional.of(
                  compared(replay, question, groups(question.before().orElse(List.of())), asked));
          default -> throw Request.wrong("against", against, "one of active, files, none");
        };
    return new ReplayJson(
        report, comparison, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
  }

  private static ReplayComparison compared(
      Replay replay, Question question, List<RuleGroup> before, List<RuleGroup> asked) {
    List<RuleGroup> after = replaced(before, asked);
    return ReplayComparison.of(
        replay.run(before, question.from(), question.to()),
        replay.run(after, question.from(), question.to()));
  }

  /** The groups before, those of a file of the same name replaced by the ones asked about. */
  static List<RuleGroup> replaced(List<RuleGroup> before, List<RuleGroup> asked) {
    var names = new HashSet<String>();
    asked.forEach(group -> names.add(baseName(group.file())));
    var after = new ArrayList<>(before);
    after.removeIf(group -> names.contains(baseName(group.file())));
    after.addAll(asked);
    return after;
  }

  private static String baseName(String file) {
    Path name = Path.of(file).getFileName();
    return name == null ? file : name.toString();
  }

  private static List<RuleGroup> groups(List<File> files) {
    if (files.isEmpty() || files.size() > MAX_FILES) {
      throw ProblemException.badRequest(
          "files: found " + files.size() + ", expected 1 to " + MAX_FILES);
    }
    var groups = new ArrayList<RuleGroup>();
    for (File file : files) {
      groups.addAll(
          RuleFiles.read(
                  Yaml.read(file.text(), file.name(), Secrets.none()), RuleFiles.DEFAULT_INTERVAL)
              .groups());
    }
    return groups;
  }

  private BackfillJson backfill(Question question, QueryLimits limits) {
    long began = System.nanoTime();
    var tally = new long[2];
    int rules =
        new Backfill(ports.reader(), limits)
            .run(
                groups(question.files()),
                question.from(),
                question.to(),
                batch -> write(batch, tally));
    return new BackfillJson(
        rules, tally[0], tally[1], TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
  }

  private void write(SampleBatch batch, long[] tally) {
    for (int from = 0; from < batch.size(); from += PORTION) {
      var portion = SampleBatch.builder();
      for (int i = from; i < Math.min(batch.size(), from + PORTION); i++) {
        portion.add(batch.labels(i), batch.timestamp(i), batch.value(i));
      }
      AppendResult result = durable(portion.build());
      tally[0] += result.appended();
      tally[1] += result.tooOld() + result.tooMany();
    }
  }

  private AppendResult durable(SampleBatch batch) {
    try {
      return ports
          .journal()
          .accept(batch)
          .toCompletableFuture()
          .get(JOURNAL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw ProblemException.unavailable(
          "the journal does not take samples now", Duration.ofSeconds(5));
    }
  }
}

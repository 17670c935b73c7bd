package io.tocsin.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Counts the boundaries that a life passes and ends it at some of them: before and after every
 * writing round trip to the database, and wherever the road itself says so. A statement that is new
 * is a new boundary by itself.
 */
final class Boundaries implements SqlLogger {
  private static final Pattern WRITE =
      Pattern.compile("\\b(INSERT INTO|UPDATE|DELETE FROM)\\s+([a-z_]+)");

  /** Thrown in the place of a kill. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final Map<String, Integer> passed = new LinkedHashMap<>();
  private final Map<String, Integer> left;

  /**
   * @param kills names of the boundaries at which it ends, with the how-manieth time, from 1
   */
  Boundaries(Map<String, Integer> kills) {
    this.left = new HashMap<>(kills);
  }

  /** How often each was passed. */
  Map<String, Integer> passed() {
    return passed;
  }

  /** Where it was to end and did not. */
  Set<String> left() {
    return Set.copyOf(left.keySet());
  }

  void pass(String name) {
    int times = passed.merge(name, 1, Integer::sum);
    if (left.getOrDefault(name, Integer.MAX_VALUE) <= times) {
      left.remove(name);
      throw new Killed();
    }
  }

  @Override
  public void logBeforeExecution(StatementContext context) {
    write("before ", context);
  }

  @Override
  public void logAfterExecution(StatementContext context) {
    write("after ", context);
  }

  private void write(String side, StatementContext context) {
    Matcher write = WRITE.matcher(context.getRawSql());
    var writes = new StringJoiner(", ");
    while (write.find()) {
      String verb = write.group(1).split(" ", -1)[0].toLowerCase(Locale.ROOT);
      writes.add(verb + " " + write.group(2));
    }
    if (writes.length() > 0) {
      pass(side + writes);
    }
  }
}

package io.tocsin.postgres;

import org.jspecify.annotations.Nullable;

/**
 * The database cannot be used as it is configured or on this machine. The message says what was
 * found, what was expected and what to do; a command line ends with exit code 2.
 */
public final class DatabaseProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DatabaseProblem(String message) {
    this(message, null);
  }

  public DatabaseProblem(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

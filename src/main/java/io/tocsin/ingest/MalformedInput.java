package io.tocsin.ingest;

/** A request cannot be taken, and nothing of it was: the message says where and what is wrong. */
public final class MalformedInput extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean tooLarge;

  private MalformedInput(String message, boolean tooLarge) {
    super(message);
    this.tooLarge = tooLarge;
  }

  /** The input does not follow its format or breaks a rule for labels: answer 400. */
  public MalformedInput(String message) {
    this(message, false);
  }

  /** The request as a whole is beyond a size limit: answer 413. */
  static MalformedInput tooLarge(String what, long found, long limit) {
    return new MalformedInput(what + ": " + found + " found, expected at most " + limit, true);
  }

  /** Whether size is the trouble. */
  public boolean isTooLarge() {
    return tooLarge;
  }
}

package io.tocsin.notify;

import java.time.Duration;
import java.util.Optional;

/** What a receiver made of a message. */
public sealed interface SendResult {

  /** What it says, for the ledger. */
  default String words() {
    return switch (this) {
      case Delivered delivered -> delivered.detail();
      case Retry retry -> retry.reason();
      case Refused refused -> refused.reason();
    };
  }

  /** It has it. {@code detail} is the receiver's answer in short (status code, id). */
  record Delivered(String detail) implements SendResult {}

  /** Not now: try again, not before {@code after} if the receiver named a time. */
  record Retry(String reason, Optional<Duration> after) implements SendResult {}

  /** Never: the receiver refused it for good; becomes a dead letter. */
  record Refused(String reason) implements SendResult {}
}

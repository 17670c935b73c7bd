package io.tocsin.notify;

import java.time.Duration;
import java.util.Optional;

/** What a receiver made of a message. */
public sealed interface SendResult {

  /** It has it. {@code detail} is the receiver's answer in short (status code, id). */
  record Delivered(String detail) implements SendResult {}

  /** Not now: try again, not before {@code after} if the receiver named a time. */
  record Retry(String reason, Optional<Duration> after) implements SendResult {}

  /** Never: the receiver refused it for good; becomes a dead letter. */
  record Refused(String reason) implements SendResult {}
}

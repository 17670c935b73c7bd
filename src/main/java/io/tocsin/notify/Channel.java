package io.tocsin.notify;

import java.util.concurrent.CompletionStage;

/**
 * A way out of the building. Never throws and never fails its stage for what a receiver does: that
 * is a {@link SendResult}. Has its own timeout. Credentials are added here, at the moment of
 * sending.
 */
public interface Channel {

  /** Sends one message. */
  CompletionStage<SendResult> send(Message message);

  /** What would be sent, for people to look at; without credentials. */
  default String preview(Message message) {
    return message.text();
  }
}

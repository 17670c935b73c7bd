package io.tocsin.channel;

import io.tocsin.notify.Channel;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A channel that is told of no ends ({@code send_resolved: false}); the ledger says so. */
record BeginningsOnly(Channel channel) implements Channel {

  @Override
  public CompletionStage<SendResult> send(Message message) {
    return switch (message.transition().kind()) {
      case RESOLVED ->
          CompletableFuture.completedFuture(
              new SendResult.Delivered("not sent: send_resolved is false"));
      case OPENED,
          ALERTS_CHANGED,
          SEVERITY,
          ACKNOWLEDGED,
          UNACKNOWLEDGED,
          ESCALATED,
          UPDATE,
          CLOCK,
          REPEAT,
          REOPENED,
          NOTE,
          REMINDER ->
          channel.send(message);
    };
  }

  @Override
  public String preview(Message message) {
    return channel.preview(message);
  }
}

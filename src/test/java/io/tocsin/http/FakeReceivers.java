package io.tocsin.http;

import io.tocsin.notify.Breaker;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.ReceiverView;
import io.tocsin.notify.SendResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One receiver that takes everything. */
final class FakeReceivers implements ReceiverRoutes.Port {

  @Override
  public List<ReceiverView> views(Instant now) {
    var way =
        new ReceiverView.Way(
            new Destination("ops", "webhook", 0),
            Map.of("url", "https://hooks.example.com/***"),
            Breaker.State.CLOSED,
            Optional.empty(),
            Optional.empty());
    return List.of(new ReceiverView("ops", Optional.of("other"), List.of(way)));
  }

  @Override
  public Channel channel(Destination destination) {
    return message ->
        CompletableFuture.completedFuture(new SendResult.Delivered("HTTP 200 " + message.text()));
  }

  @Override
  public String filled(String template, Message message) {
    return template.replace("{{ .Title }}", message.incident().title());
  }
}

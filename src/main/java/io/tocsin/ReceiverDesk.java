package io.tocsin;

import io.tocsin.channel.Channels;
import io.tocsin.http.ReceiverRoutes;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.ReceiverView;
import java.time.Instant;
import java.util.List;

/** The receivers as the API asks for them. */
record ReceiverDesk(Channels channels) implements ReceiverRoutes.Port {

  @Override
  public List<ReceiverView> views(Instant now) {
    return channels.views(now);
  }

  @Override
  public Channel channel(Destination destination) {
    return channels.bare(destination);
  }

  @Override
  public String filled(String template, Message message) {
    return channels.filled(template, message);
  }
}

package io.tocsin.channel;

import io.tocsin.notify.Channel;
import io.tocsin.settings.Section;

/**
 * One kind of receiver: its key in the configuration and how its section becomes a channel. The
 * reader checks everything and ends with {@link Section#done}.
 */
public record ChannelKind(String name, Reader reader) {

  /** Makes a channel from its section. */
  @FunctionalInterface
  public interface Reader {
    Channel read(Section section, Outside outside);
  }
}

package io.tocsin.channel;

import io.tocsin.notify.Channel;
import io.tocsin.notify.Destination;
import io.tocsin.settings.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The receivers of the configuration, ready to send. A new kind is one file and one line here. */
public final class Channels {

  /** Every kind there is. */
  private static final List<ChannelKind> KINDS =
      List.of(
          new ChannelKind("pagerduty", PagerDutyChannel::read),
          new ChannelKind("webhook", WebhookChannel::read),
          new ChannelKind("email", EmailChannel::read),
          new ChannelKind("slack", SlackChannel::read));

  private final Map<Destination, Channel> byDestination;
  private final Map<String, List<Destination>> byReceiver;

  private Channels(
      Map<Destination, Channel> byDestination, Map<String, List<Destination>> byReceiver) {
    this.byDestination = Map.copyOf(byDestination);
    this.byReceiver = Map.copyOf(byReceiver);
  }

  /**
   * Reads {@code receivers:}: several kinds may stand under one name, each kind once or as a list;
   * a name alone is a sink.
   *
   * @throws io.tocsin.settings.SettingsProblem naming the place of the first mistake
   */
  public static Channels read(List<Section> receivers, Outside outside) {
    var byDestination = new LinkedHashMap<Destination, Channel>();
    var byReceiver = new LinkedHashMap<String, List<Destination>>();
    for (Section receiver : receivers) {
      String name = receiver.string("name");
      var destinations = new ArrayList<Destination>();
      for (ChannelKind kind : KINDS) {
        int index = 0;
        for (Section section : receiver.sections(kind.name())) {
          var destination = new Destination(name, kind.name(), index++);
          byDestination.put(destination, kind.reader().read(section, outside));
          destinations.add(destination);
        }
      }
      if (byReceiver.put(name, List.copyOf(destinations)) != null) {
        throw receiver.problem("name", "a name that no other receiver has");
      }
      receiver.done();
    }
    return new Channels(byDestination, byReceiver);
  }

  /** The names of the kinds there are. */
  public static Set<String> kinds() {
    return KINDS.stream().map(ChannelKind::name).collect(Collectors.toUnmodifiableSet());
  }

  /** The channel of each destination. */
  public Map<Destination, Channel> byDestination() {
    return byDestination;
  }

  /** The destinations of each receiver, none for a sink. */
  public Map<String, List<Destination>> byReceiver() {
    return byReceiver;
  }
}

package io.tocsin.channel;

import io.tocsin.incident.IncidentId;
import io.tocsin.notify.Breaker;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.ReceiverView;
import io.tocsin.notify.Throttle;
import io.tocsin.notify.ThrottleGauge;
import io.tocsin.settings.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
          new ChannelKind("slack", SlackChannel::read),
          new ChannelKind("opsgenie", OpsgenieChannel::read),
          new ChannelKind("teams", TeamsChannel::read),
          new ChannelKind("discord", DiscordChannel::read),
          new ChannelKind("telegram", TelegramChannel::read),
          new ChannelKind("mattermost", MattermostChannel::read),
          new ChannelKind("ntfy", NtfyChannel::read),
          new ChannelKind("pushover", PushoverChannel::read),
          new ChannelKind("twilio", TwilioChannel::read),
          new ChannelKind("alertmanager", AlertmanagerChannel::read),
          new ChannelKind("jira", JiraTracker::read),
          new ChannelKind("github", GitHubTracker::read),
          new ChannelKind("gitlab", GitLabTracker::read));

  /** Kinds that people read: each of their messages may be about several incidents. */
  private static final List<String> READ_BY_PEOPLE =
      List.of(
          "email",
          "slack",
          "teams",
          "discord",
          "telegram",
          "mattermost",
          "ntfy",
          "pushover",
          "twilio");

  private final Map<Destination, Channel> byDestination = new LinkedHashMap<>();
  private final Map<String, List<Destination>> byReceiver = new LinkedHashMap<>();
  private final Map<String, String> fallbacks = new LinkedHashMap<>();
  private final Map<Destination, ThrottleGauge> throttles = new LinkedHashMap<>();
  private final Map<Destination, Destination> notes = new LinkedHashMap<>();
  private final Map<Destination, Map<String, String>> settings = new LinkedHashMap<>();

  private final Outside outside;

  private Channels(Outside outside) {
    this.outside = outside;
  }

  /**
   * Reads {@code receivers:}: several kinds may stand under one name, each kind once or as a list;
   * a name alone is a sink; {@code fallback:} names who gets its messages too while it is down.
   *
   * @throws io.tocsin.settings.SettingsProblem naming the place of the first mistake
   */
  public static Channels read(List<Section> receivers, Outside outside) {
    var channels = new Channels(outside);
    Set<String> names =
        receivers.stream().map(section -> section.string("name")).collect(Collectors.toSet());
    for (Section receiver : receivers) {
      channels.add(receiver, names);
    }
    return channels;
  }

  private void add(Section receiver, Set<String> names) {
    String name = receiver.string("name");
    Optional<String> fallback = receiver.optional("fallback");
    if (fallback.filter(other -> other.equals(name) || !names.contains(other)).isPresent()) {
      throw receiver.problem("fallback", "the name of another receiver");
    }
    fallback.ifPresent(other -> fallbacks.put(name, other));
    Optional<Throttle> throttle = receiver.section("throttle").map(Channels::throttle);
    var destinations = new ArrayList<Destination>();
    for (ChannelKind kind : KINDS) {
      int index = 0;
      for (Section section : receiver.sections(kind.name())) {
        var destination = new Destination(name, kind.name(), index++);
        boolean ends = section.flag("send_resolved", true);
        Channel channel = kind.reader().read(section, outside);
        byDestination.put(
            destination,
            new GuardedChannel(
                ends ? channel : new BeginningsOnly(channel),
                outside.clock(),
                () -> fallback(name)));
        settings.put(destination, MaskedSettings.of(section));
        if (channel instanceof PagerDutyChannel pagerDuty) {
          pagerDuty.notes().ifPresent(it -> keepNotes(destination, it));
        }
        destinations.add(destination);
        throttle.ifPresent(it -> throttles.put(destination, gauge(receiver, kind, it)));
      }
    }
    if (byReceiver.put(name, List.copyOf(destinations)) != null) {
      throw receiver.problem("name", "a name that no other receiver has");
    }
    receiver.done();
  }

  /** A lane and a breaker of its own: a note that cannot be told holds up no page. */
  private void keepNotes(Destination destination, PagerDutyNotes keeper) {
    var own = new Destination(destination.receiver(), "pagerduty_notes", destination.index());
    byDestination.put(own, new GuardedChannel(keeper, outside.clock(), List::of));
    notes.put(destination, own);
  }

  /** By destination, where notes on what it was told go. */
  public Map<Destination, Destination> notes() {
    return Collections.unmodifiableMap(notes);
  }

  private static Throttle throttle(Section section) {
    int messages = section.integer("messages", 0);
    Duration within = section.duration("within");
    section.done();
    try {
      return new Throttle(messages, within);
    } catch (IllegalArgumentException wrong) {
      throw section.problem(
          String.valueOf(wrong.getMessage()).startsWith("within") ? "within" : "messages",
          "1 to " + Throttle.MOST + " messages within some time");
    }
  }

  private static ThrottleGauge gauge(Section receiver, ChannelKind kind, Throttle throttle) {
    if (!READ_BY_PEOPLE.contains(kind.name())) {
      throw receiver.problem(
          "throttle",
          kind.name() + ", which keeps one state for each incident and so needs every message",
          "receivers of the kinds " + String.join(", ", READ_BY_PEOPLE));
    }
    return new ThrottleGauge(throttle);
  }

  /** How much a destination gets at most, if there is a bound. */
  public Optional<ThrottleGauge> throttle(Destination destination) {
    return Optional.ofNullable(throttles.get(destination));
  }

  /**
   * Not through the other's breaker or its own fallback: two that are down must not go in circles.
   */
  private List<Channel> fallback(String receiver) {
    return Optional.ofNullable(fallbacks.get(receiver)).stream()
        .flatMap(other -> byReceiver.getOrDefault(other, List.of()).stream())
        .map(this::bare)
        .toList();
  }

  /** The channel of a destination past its breaker. */
  public Channel bare(Destination destination) {
    Channel channel = Objects.requireNonNull(byDestination.get(destination));
    return channel instanceof GuardedChannel guarded ? guarded.channel() : channel;
  }

  /** Every receiver as people may see it. */
  public List<ReceiverView> views(Instant now) {
    var views = new ArrayList<ReceiverView>();
    byReceiver.forEach(
        (name, destinations) ->
            views.add(
                new ReceiverView(
                    name,
                    Optional.ofNullable(fallbacks.get(name)),
                    destinations.stream().map(it -> way(it, now)).toList())));
    return views;
  }

  private ReceiverView.Way way(Destination destination, Instant now) {
    var breaker =
        byDestination.get(destination) instanceof GuardedChannel guarded
            ? guarded.breaker()
            : new Breaker();
    return new ReceiverView.Way(
        destination,
        settings.getOrDefault(destination, Map.of()),
        breaker.state(now),
        breaker.pausedUntil(now),
        throttle(destination).map(ThrottleGauge::throttle));
  }

  /**
   * A template filled with a message.
   *
   * @throws IllegalArgumentException saying where it is wrong
   */
  public String filled(String template, Message message) {
    return Wording.filled(template, message, outside);
  }

  /** The receivers that keep issues. */
  public List<String> trackers() {
    return byReceiver.entrySet().stream()
        .filter(receiver -> receiver.getValue().stream().anyMatch(it -> issues(it).isPresent()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Optional<IssueChannel> issues(Destination destination) {
    Channel bare = bare(destination);
    return (bare instanceof BeginningsOnly(Channel all) ? all : bare) instanceof IssueChannel issues
        ? Optional.of(issues)
        : Optional.empty();
  }

  /**
   * Opens an issue that is not an incident's, by the first of a receiver's ways that keeps issues.
   *
   * @param about the incident it came of, whose address is put under the text
   * @return where it is
   * @throws IllegalArgumentException when the receiver keeps no issues or refused
   */
  public String openIssue(String receiver, String title, String text, IncidentId about) {
    for (Destination destination : byReceiver.getOrDefault(receiver, List.of())) {
      Optional<IssueChannel> issues = issues(destination);
      if (issues.isPresent()) {
        String linked = text + "\n" + outside.link(about.value());
        Answer opened = issues.get().tracker().open(title, linked);
        if (!opened.ok()) {
          throw new IllegalArgumentException(
              "a receiver that takes it; it said " + opened.detail());
        }
        return destination.kind() + " " + issues.get().tracker().name(opened);
      }
    }
    throw new IllegalArgumentException("a receiver of the kind jira, github or gitlab");
  }

  /** The names of the kinds there are. */
  public static Set<String> kinds() {
    return KINDS.stream().map(ChannelKind::name).collect(Collectors.toUnmodifiableSet());
  }

  /** The channel of each destination. */
  public Map<Destination, Channel> byDestination() {
    return Collections.unmodifiableMap(byDestination);
  }

  /** The destinations of each receiver, none for a sink. */
  public Map<String, List<Destination>> byReceiver() {
    return Collections.unmodifiableMap(byReceiver);
  }
}

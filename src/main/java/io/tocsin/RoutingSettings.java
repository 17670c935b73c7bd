package io.tocsin;

import io.tocsin.channel.Channels;
import io.tocsin.channel.SmtpServer;
import io.tocsin.incident.SeverityRules;
import io.tocsin.incident.StormPolicy;
import io.tocsin.notify.RouteSpec;
import io.tocsin.settings.AlertmanagerFile;
import io.tocsin.settings.Routes;
import io.tocsin.settings.Section;
import io.tocsin.settings.TimeIntervals;
import io.tocsin.silence.Dependencies;
import io.tocsin.silence.InhibitRule;
import io.tocsin.silence.NamedIntervals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who hears of what: from {@code route:}, {@code receivers:}, {@code inhibit_rules:} and {@code
 * time_intervals:}, or from the file that {@code alertmanager:} names, with our receivers beside.
 *
 * @param route the routing tree; empty when there are no receivers
 * @param inhibitions which alerts explain others
 * @param receivers how each receiver is reached
 * @param smtp the mail server
 * @param severities how bad alerts are
 * @param dependencies which components need which
 * @param storm when trouble is a storm
 * @param secondPerson whether a silence hides CRITICAL alerts only with a second person's word
 * @param resolveTimeout how long a posted alert without an end lasts
 * @param notes what a read file says that is not used
 */
record RoutingSettings(
    Optional<RouteSpec> route,
    List<InhibitRule> inhibitions,
    List<Section> receivers,
    Optional<SmtpServer> smtp,
    SeverityRules severities,
    Dependencies dependencies,
    StormPolicy storm,
    boolean secondPerson,
    Duration resolveTimeout,
    List<String> notes) {

  static RoutingSettings read(Section top, Path folder, Map<String, String> environment) {
    Optional<String> file = top.optional("alertmanager");
    Map<String, NamedIntervals> intervals = TimeIntervals.read(top);
    List<InhibitRule> inhibitions = Routes.inhibitRules(top.sections("inhibit_rules"));
    List<Section> receivers = top.sections("receivers");
    Optional<SmtpServer> smtp = top.section("smtp").map(SmtpServer::read);
    Duration timeout = top.duration("resolve_timeout", AlertmanagerFile.RESOLVE_TIMEOUT);
    StormPolicy storm = storm(top);
    SeverityRules severities = Routes.severityRules(top.sections("severity_rules"));
    Dependencies dependencies = dependencies(top);
    boolean secondPerson = secondPerson(top);
    if (file.isEmpty()) {
      var settings =
          new RoutingSettings(
              top.section("route").map(route -> Routes.read(route, names(receivers), intervals)),
              inhibitions,
              receivers,
              smtp,
              severities,
              dependencies,
              storm,
              secondPerson,
              timeout,
              List.of());
      if (settings.route.isEmpty() && !receivers.isEmpty()) {
        throw top.problem("route", "a route that says which receiver gets what");
      }
      return settings;
    }
    for (String key : List.of("route", "time_intervals", "mute_time_intervals")) {
      if (top.has(key)) {
        throw top.problem(key, "nothing: " + file.get() + " says it");
      }
    }
    return with(
        AlertmanagerFile.read(folder.resolve(file.get()), environment, Channels.kinds()),
        new RoutingSettings(
            Optional.empty(),
            inhibitions,
            receivers,
            smtp,
            severities,
            dependencies,
            storm,
            secondPerson,
            timeout,
            List.of()));
  }

  private static Dependencies dependencies(Section top) {
    var direct = new LinkedHashMap<String, List<String>>();
    for (Section component : top.sections("components")) {
      direct.put(component.string("name"), component.strings("depends_on"));
    }
    try {
      return Dependencies.of(direct);
    } catch (IllegalArgumentException circle) {
      throw top.problem("components", String.valueOf(circle.getMessage()), "no circle");
    }
  }

  private static StormPolicy storm(Section top) {
    Section section = top.part("storm");
    int groups = section.integer("groups", StormPolicy.DEFAULT.groups());
    Duration within = section.duration("within", StormPolicy.DEFAULT.within());
    section.done();
    if (groups < 0) {
      throw section.problem("groups", "a number of groups, 0 for no bound");
    }
    return new StormPolicy(groups, within);
  }

  private static boolean secondPerson(Section top) {
    Section silences = top.part("silences");
    boolean needed = silences.flag("critical_needs_approval", true);
    silences.done();
    return needed;
  }

  /** What a read file says, with what ours says besides. */
  private static RoutingSettings with(AlertmanagerFile read, RoutingSettings ours) {
    return new RoutingSettings(
        Optional.of(read.route()),
        both(read.inhibitions(), ours.inhibitions),
        both(read.receivers(), ours.receivers),
        ours.smtp.or(() -> read.smtp().map(SmtpServer::read)),
        ours.severities,
        ours.dependencies,
        ours.storm,
        ours.secondPerson,
        read.resolveTimeout(),
        read.notes());
  }

  private static <T> List<T> both(List<T> first, List<T> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  /** The names of the receivers. */
  Set<String> names() {
    return names(receivers);
  }

  private static Set<String> names(List<Section> receivers) {
    return receivers.stream().map(section -> section.string("name")).collect(Collectors.toSet());
  }
}

package io.tocsin;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.OutboundGuard;
import io.tocsin.channel.Channels;
import io.tocsin.channel.SmtpServer;
import io.tocsin.check.CheckTracker;
import io.tocsin.http.AccessSettings;
import io.tocsin.http.HookSettings;
import io.tocsin.http.ListenAddress;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.ingest.OtlpSettings;
import io.tocsin.label.Labels;
import io.tocsin.model.ModelSpec;
import io.tocsin.notify.RouteSpec;
import io.tocsin.probe.Check;
import io.tocsin.probe.ProbeLimits;
import io.tocsin.probe.ScrapeConfig;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleGroup;
import io.tocsin.settings.FilePatterns;
import io.tocsin.settings.Includes;
import io.tocsin.settings.Objectives;
import io.tocsin.settings.OnCallSettings;
import io.tocsin.settings.Outline;
import io.tocsin.settings.RuleFiles;
import io.tocsin.settings.Section;
import io.tocsin.settings.Setting;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Thresholds;
import io.tocsin.silence.InhibitRule;
import io.tocsin.source.SourceSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code tocsin.yaml} with every file it names, read and checked as a whole.
 *
 * @param file the file itself
 * @param node this node's name among those that share a database
 * @param ops where the operations listener listens
 * @param publicPage where the status page listens
 * @param hosts names, besides loopback ones, under which the operations listener is reached
 * @param auth who is let in there, and how
 * @param console address of the console as people open it
 * @param grafana address of the Grafana that shows our boards, for links
 * @param storage where and for how long things are kept
 * @param limits how much anybody may ask of us
 * @param rules every rule group
 * @param sources engines elsewhere that evaluate rule groups
 * @param runbooks folder of the runbooks
 * @param checks what is watched
 * @param scrapes whose metrics are read
 * @param probing bounds of probing
 * @param models watched models
 * @param severities what each severity owes
 * @param page what the public sees
 * @param routing who hears of what
 * @param desk what belongs together, and what it costs
 * @param hooks who may tell us of alerts
 * @param oncall who carries the pager, and who is told next
 * @param externalLabels labels of this installation
 * @param outbound where what was asked for over the API may connect
 * @param otlp how OpenTelemetry's metrics are translated
 * @param statsd where StatsD's datagrams are taken; empty takes none
 * @param outline what every reader asked for; that of receivers once they are opened
 * @param settings every value as it is in force, with where it comes from; those of receivers once
 *     they are opened
 */
record Configuration(
    Path file,
    String node,
    ListenAddress ops,
    ListenAddress publicPage,
    List<String> hosts,
    AccessSettings auth,
    URI console,
    Optional<URI> grafana,
    StorageSettings storage,
    LimitSettings limits,
    List<RuleGroup> rules,
    List<SourceSpec> sources,
    Path runbooks,
    List<Check> checks,
    List<ScrapeConfig> scrapes,
    ProbeLimits probing,
    List<ModelSpec> models,
    SeverityPolicy severities,
    PageSettings page,
    RoutingSettings routing,
    DeskSettings desk,
    HookSettings hooks,
    OnCallSettings oncall,
    Labels externalLabels,
    OutboundGuard outbound,
    OtlpSettings otlp,
    Optional<ListenAddress> statsd,
    Outline outline,
    Supplier<List<Setting>> settings) {

  /**
   * Reads it.
   *
   * @throws SettingsProblem for the first mistake in any of the files
   */
  static Configuration read(Path file, Map<String, String> environment) {
    Section top = Includes.read(file, environment);
    Section listen = top.part("listen");
    ListenAddress ops = address(listen, "ops", "127.0.0.1:9110");
    ListenAddress publicPage = address(listen, "public", "0.0.0.0:9111");
    listen.done();
    List<Check> checks = checks(top);
    Path folder = folder(file);
    RoutingSettings routing = RoutingSettings.read(top, folder, environment);
    Set<String> names = routing.names();
    Section oncall = top.part("oncall");
    var configuration =
        new Configuration(
            file,
            top.string("node", "tocsin"),
            ops,
            publicPage,
            top.strings("hosts"),
            AccessSettings.read(top),
            console(top, ops),
            top.optional("grafana_url").map(text -> url(top, "grafana_url", text)),
            StorageSettings.read(top),
            LimitSettings.read(top),
            rules(top, folder),
            SourceSpec.readAll(top),
            folder.resolve(top.string("runbooks", "runbooks")),
            checks,
            ScrapeConfig.readAll(top),
            ProbeLimits.read(top),
            ModelSettings.read(top),
            SeveritySettings.read(top),
            PageSettings.read(top, checks, folder),
            routing,
            DeskSettings.read(top),
            HookSettings.read(top),
            OnCallSettings.read(oncall, names),
            Labels.from(top.map("external_labels")),
            outbound(top),
            otlp(top),
            top.section("statsd").map(Configuration::statsd),
            top.outline(),
            top::settings);
    configuration.requireSources(top);
    configuration.requireModels(top);
    configuration.requireMailServer(top);
    configuration.page.door().requireProvider(top, configuration.auth);
    top.done();
    return configuration;
  }

  /** Who is let in, in short. */
  AccessPolicy access() {
    return auth.policy();
  }

  /**
   * Whether cookies go over HTTPS only: unless it is said, wherever people do not come from here.
   */
  boolean secureCookies() {
    return auth.secure().orElse("https".equals(console.getScheme()) || !ops.loopback());
  }

  Optional<RouteSpec> route() {
    return routing.route();
  }

  /** Which alerts explain others. */
  List<InhibitRule> inhibitions() {
    return routing.inhibitions();
  }

  /** How each receiver is reached, still to be opened by {@link Channels#read}. */
  List<Section> receivers() {
    return routing.receivers();
  }

  Optional<SmtpServer> smtp() {
    return routing.smtp();
  }

  private void requireSources(Section top) {
    List<String> names = sources.stream().map(SourceSpec::name).toList();
    for (RuleGroup group : rules) {
      if (group.source().isPresent() && !names.contains(group.source().get())) {
        throw top.problem(
            "sources",
            "no source \"%s\", which group %s of %s names"
                .formatted(group.source().get(), group.name(), group.file()),
            "an entry for it");
      }
    }
  }

  /** A rule names a configured model, or "*" for every one that is known, configured or not. */
  /** A report that could never be mailed is a mistake, not a silence. */
  private void requireMailServer(Section top) {
    if (smtp().isPresent()) {
      return;
    }
    for (Section section : top.sections("models")) {
      section
          .section("report")
          .filter(report -> !report.strings("email").isEmpty())
          .ifPresent(
              report -> {
                throw report.problem("email", "addresses, and no smtp", "smtp: at the top");
              });
    }
  }

  private void requireModels(Section top) {
    List<String> names = models.stream().map(ModelSpec::name).toList();
    for (RuleGroup group : rules) {
      for (Rule rule : group.rules()) {
        if (rule instanceof DriftRule drift
            && !drift.terms().target().any()
            && !names.contains(drift.terms().target().model())) {
          throw top.problem(
              "models",
              "no model \"%s\", which rule %s (%s) names"
                  .formatted(drift.terms().target().model(), rule.name(), rule.id()),
              "an entry for it, or \"*\" in the rule");
        }
      }
    }
  }

  /** One line for people. */
  String summary() {
    int alerts = rules.stream().mapToInt(group -> group.rules().size()).sum();
    return checks.size()
        + " checks, "
        + scrapes.size()
        + " scrape jobs, "
        + alerts
        + " rules in "
        + rules.size()
        + " groups, "
        + receivers().size()
        + " receivers: fine";
  }

  private static List<Check> checks(Section top) {
    List<Check> checks = Check.readAll(top);
    try {
      new CheckTracker(checks.stream().map(Check::policy).toList(), List.of(), Instant.EPOCH);
      return checks;
    } catch (IllegalArgumentException e) {
      throw top.problem("checks", String.valueOf(e.getMessage()), "checks that fit together");
    }
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  private static ListenAddress address(Section listen, String key, String usual) {
    try {
      return ListenAddress.parse(listen.string(key, usual));
    } catch (IllegalArgumentException e) {
      throw listen.problem(key, "host:port such as " + usual);
    }
  }

  /**
   * {@code outbound: {allow: [10.0.0.0/8]}}: what is not public and may be reached all the same.
   */
  private static OutboundGuard outbound(Section top) {
    Section outbound = top.part("outbound");
    try {
      OutboundGuard guard = OutboundGuard.allowing(outbound.strings("allow"));
      outbound.done();
      return guard;
    } catch (IllegalArgumentException wrong) {
      throw outbound.problem("allow", String.valueOf(wrong.getMessage()), "networks");
    }
  }

  /** {@code statsd: {listen: 127.0.0.1:8125}}. */
  private static ListenAddress statsd(Section section) {
    ListenAddress address = address(section, "listen", "127.0.0.1:8125");
    section.done();
    return address;
  }

  /** {@code otlp: {promote_resource_attributes: [...]}}, as Prometheus has it. */
  private static OtlpSettings otlp(Section top) {
    return top.section("otlp")
        .map(
            section -> {
              var promoted = Set.copyOf(section.strings("promote_resource_attributes"));
              section.done();
              return OtlpSettings.promoting(promoted);
            })
        .orElseGet(OtlpSettings::usual);
  }

  private static URI console(Section top, ListenAddress ops) {
    return url(top, "external_url", top.string("external_url", ops.url()));
  }

  private static URI url(Section top, String key, String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // said below, in the same words as any other wrong address
    }
    throw top.problem(key, "an address such as https://tocsin.example.com/");
  }

  private static List<RuleGroup> rules(Section top, Path folder) {
    Duration interval = top.duration("evaluation_interval", RuleFiles.DEFAULT_INTERVAL);
    var groups = new ArrayList<RuleGroup>();
    Thresholds thresholds = Thresholds.read(top);
    for (String pattern : top.strings("rules")) {
      List<Path> files = FilePatterns.matching(folder, pattern);
      if (files.isEmpty() && !FilePatterns.isPattern(pattern)) {
        throw top.problem("rules", "no file \"" + pattern + "\"", "a rule file");
      }
      for (Path rules : files) {
        groups.addAll(RuleFiles.read(rules, interval, thresholds).groups());
      }
    }
    thresholds.requireUsed(top);
    groups.addAll(Objectives.rules(top, Objectives.read(top), interval));
    return List.copyOf(groups);
  }
}

package io.tocsin.settings;

import io.tocsin.notify.RouteSpec;
import io.tocsin.silence.InhibitRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * An existing {@code alertmanager.yml}, read as it means: its root waits 30 s before the first
 * message of a group and, where it names no {@code group_by}, makes one group of all.
 *
 * @param route its routing tree
 * @param inhibitions its inhibition rules
 * @param receivers its receivers in our words
 * @param smtp its mail server as our section {@code smtp:}
 * @param resolveTimeout how long a posted alert without an end lasts
 * @param notes what it says that is not used, each with its place
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/">Alertmanager
 *     configuration</a>
 */
public record AlertmanagerFile(
    RouteSpec route,
    List<InhibitRule> inhibitions,
    List<Section> receivers,
    Optional<Section> smtp,
    Duration resolveTimeout,
    List<String> notes) {

  /** Alertmanager's default. */
  public static final Duration RESOLVE_TIMEOUT = Duration.ofMinutes(5);

  private static final List<String> UNUSED_GLOBALS =
      List.of(
          "http_config",
          "opsgenie_api_key_file",
          "victorops_api_url",
          "victorops_api_key",
          "victorops_api_key_file",
          "webex_api_url",
          "wechat_api_url",
          "wechat_api_secret",
          "wechat_api_corp_id",
          "jira_api_url",
          "rocketchat_api_url",
          "rocketchat_token",
          "rocketchat_token_id",
          "slack_api_url_file",
          "smtp_hello",
          "smtp_auth_identity",
          "smtp_auth_secret",
          "smtp_tls_config");

  /** Whether a file is an {@code alertmanager.yml} rather than a {@code tocsin.yaml}. */
  public static boolean looksLikeOne(Section top) {
    return top.keys().contains("route")
        && (top.keys().contains("global")
            || top.sections("receivers").stream()
                .flatMap(receiver -> receiver.keys().stream())
                .anyMatch(key -> key.endsWith("_configs")));
  }

  /**
   * Reads one.
   *
   * @param kinds the kinds of receivers there are here
   * @throws SettingsProblem for the first mistake, or with all receivers that cannot be had
   */
  public static AlertmanagerFile read(
      Path file, Map<String, String> environment, Set<String> kinds) {
    Section top = Yaml.read(file, environment);
    var notes = new ArrayList<String>();
    Section global = top.part("global");
    List<Section> declared = top.sections("receivers");
    var names = new HashSet<String>();
    declared.forEach(receiver -> names.add(receiver.string("name")));
    if (!top.has("route")) {
      throw top.problem("route", "the routing tree");
    }
    RouteSpec route =
        Routes.read(top.section("route").orElseThrow(), names, TimeIntervals.read(top))
            .withAlertmanagerDefaults();
    List<InhibitRule> inhibitions = Routes.inhibitRules(top.sections("inhibit_rules"));
    List<Section> receivers =
        new ForeignReceivers(global, kinds, AlertmanagerTemplates.read(top, folder(file)), notes)
            .translate(declared);
    unused(top, List.of("tracing"), notes);
    unused(global, UNUSED_GLOBALS, notes);
    Optional<Section> smtp = smtp(global);
    Duration timeout = global.duration("resolve_timeout", RESOLVE_TIMEOUT);
    ForeignKind.globalKeys().forEach(global::pass);
    global.done();
    top.done();
    return new AlertmanagerFile(route, inhibitions, receivers, smtp, timeout, List.copyOf(notes));
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  private static void unused(Section section, List<String> keys, List<String> notes) {
    for (String key : keys) {
      if (section.has(key)) {
        notes.add(section.placeOf(key) + ": " + key + " is not used");
      }
    }
  }

  private static Optional<Section> smtp(Section global) {
    Optional<String> smarthost = global.optional("smtp_smarthost");
    Optional<String> from = global.optional("smtp_from");
    Optional<String> username = global.optional("smtp_auth_username");
    Optional<String> password =
        global
            .optional("smtp_auth_password")
            .or(
                () ->
                    global.optional("smtp_auth_password_file").map(path -> "${file:" + path + "}"));
    boolean tls = global.flag("smtp_require_tls", true);
    if (smarthost.isEmpty()) {
      return Optional.empty();
    }
    int colon = smarthost.get().lastIndexOf(':');
    if (colon < 1) {
      throw global.problem("smtp_smarthost", "host:port");
    }
    String port = smarthost.get().substring(colon + 1);
    var ours = new LinkedHashMap<String, Node>();
    ours.put("host", ForeignReceivers.text(smarthost.get().substring(0, colon)));
    ours.put("port", ForeignReceivers.text(port));
    ours.put("tls", ForeignReceivers.text(port.equals("465") ? "tls" : tls ? "starttls" : "none"));
    from.ifPresent(value -> ours.put("from", ForeignReceivers.text(value)));
    username.ifPresent(value -> ours.put("username", ForeignReceivers.text(value)));
    password.ifPresent(value -> ours.put("password", ForeignReceivers.text(value)));
    return Optional.of(global.beside(ForeignReceivers.mapping(ours), "global"));
  }
}

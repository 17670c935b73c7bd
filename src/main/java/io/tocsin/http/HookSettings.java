package io.tocsin.http;

import io.tocsin.settings.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may tell us of alerts, besides those with a token: {@code hooks:}.
 *
 * @param services integrations that speak PagerDuty's Events API, each with its routing key
 * @param pagerDutySecrets any of which signs PagerDuty's webhooks
 * @param grafana how Grafana signs; empty when it does not tell us
 * @param generic hooks with a mapping of their own, by name
 */
public record HookSettings(
    List<Service> services,
    List<String> pagerDutySecrets,
    Optional<Grafana> grafana,
    Map<String, GenericHook> generic) {

  /** Nobody. */
  public static final HookSettings NONE =
      new HookSettings(List.of(), List.of(), Optional.empty(), Map.of());

  /**
   * An integration.
   *
   * @param name as alerts of it are labelled
   * @param routingKey its credential, 32 characters
   * @param component what its alerts hit where they name none
   */
  public record Service(String name, String routingKey, Optional<String> component) {
    @Override
    public String toString() {
      return "Service[" + name + "]";
    }
  }

  /**
   * Grafana.
   *
   * @param timestampHeader where it says when it signed, if it does
   */
  public record Grafana(String secret, Optional<String> timestampHeader) {
    @Override
    public String toString() {
      return "Grafana[" + timestampHeader + "]";
    }
  }

  public HookSettings {
    services = List.copyOf(services);
    pagerDutySecrets = List.copyOf(pagerDutySecrets);
    generic = Map.copyOf(generic);
  }

  /** Reads {@code hooks:}. */
  public static HookSettings read(Section top) {
    Optional<Section> hooks = top.section("hooks");
    if (hooks.isEmpty()) {
      return NONE;
    }
    Section section = hooks.get();
    var settings =
        new HookSettings(
            services(section.sections("pagerduty_events")),
            section.section("pagerduty").map(HookSettings::secrets).orElse(List.of()),
            section.section("grafana").map(HookSettings::grafana),
            generic(section.sections("generic")));
    section.done();
    return settings;
  }

  private static List<Service> services(List<Section> sections) {
    var services = new ArrayList<Service>();
    Set<String> names = new HashSet<>();
    for (Section section : sections) {
      String key = section.string("routing_key");
      if (key.length() != 32) {
        throw section.problem("routing_key", "32 characters");
      }
      String name = section.string("name");
      if (!names.add(name)) {
        throw section.problem("name", "a name that no other service has");
      }
      services.add(new Service(name, key, section.optional("component")));
      section.done();
    }
    return services;
  }

  private static List<String> secrets(Section section) {
    List<String> secrets = section.strings("secrets");
    section.done();
    if (secrets.isEmpty() || secrets.contains("")) {
      throw section.problem("secrets", "at least one secret");
    }
    return secrets;
  }

  private static Grafana grafana(Section section) {
    var grafana = new Grafana(section.string("secret"), section.optional("timestamp_header"));
    section.done();
    if (grafana.secret.isEmpty()) {
      throw section.problem("secret", "a secret");
    }
    return grafana;
  }

  private static Map<String, GenericHook> generic(List<Section> sections) {
    var hooks = new LinkedHashMap<String, GenericHook>();
    for (Section section : sections) {
      GenericHook hook = GenericHook.read(section);
      if (hooks.put(hook.name(), hook) != null) {
        throw section.problem("name", "a name that no other generic hook has");
      }
    }
    return hooks;
  }
}

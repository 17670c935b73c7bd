package io.tocsin;

import io.tocsin.access.OutboundGuard;
import io.tocsin.check.CheckDefinition;
import io.tocsin.check.CheckDefinitionStore;
import io.tocsin.probe.Check;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Yaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which checks there are at one time.
 *
 * @param files the configuration
 * @param asked checks of the API whose names the files leave free
 * @param paused names of checks that rest
 */
record KnownChecks(Configuration files, List<Check> asked, Set<String> paused) {

  private static final Logger log = LoggerFactory.getLogger(KnownChecks.class);

  /** Those of the files and those stored; what does not fit the files is left out and logged. */
  static KnownChecks read(CheckDefinitionStore store, Configuration files) {
    Set<String> taken =
        files.checks().stream().map(check -> check.policy().name()).collect(Collectors.toSet());
    var asked = new ArrayList<Check>();
    for (CheckDefinition definition : store.all()) {
      if (taken.contains(definition.name())) {
        log.warn("check {} of the API gives way to that of the files", definition.name());
        continue;
      }
      try {
        asked.add(check(definition.document(), files.outbound()));
      } catch (SettingsProblem outdated) {
        log.warn("check {} of the API is left out: {}", definition.name(), outdated.getMessage());
      }
    }
    return new KnownChecks(files, List.copyOf(asked), store.paused());
  }

  /**
   * A check as the API takes it.
   *
   * @throws SettingsProblem when it is none
   */
  static Check check(String document, OutboundGuard outbound) {
    return Check.readAsked(Yaml.read(document, "request", Secrets.refused()), outbound);
  }

  List<Check> checks() {
    return Stream.concat(files.checks().stream(), asked.stream()).toList();
  }

  Set<String> names() {
    return checks().stream().map(check -> check.policy().name()).collect(Collectors.toSet());
  }

  Set<String> running() {
    Set<String> names = new HashSet<>(names());
    names.removeAll(paused);
    return names;
  }
}

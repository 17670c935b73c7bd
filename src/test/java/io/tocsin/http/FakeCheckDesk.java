package io.tocsin.http;

import io.tocsin.check.CheckPolicy;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Knows one check of the files, and takes any other by its name. */
final class FakeCheckDesk implements CheckDesk {

  private final CheckPolicy pattern;
  private final List<Listed> listed = new ArrayList<>();
  final List<String> ran = new ArrayList<>();

  FakeCheckDesk(CheckPolicy pattern) {
    this.pattern = pattern;
    listed.add(new Listed(pattern, "http", "config", false));
  }

  @Override
  public synchronized List<Listed> all() {
    return List.copyOf(listed);
  }

  @Override
  public synchronized String create(String document, String by) {
    var section = Yaml.read(document, "request", Secrets.refused());
    String name = section.string("name");
    section.done();
    var policy =
        new CheckPolicy(
            name,
            name,
            pattern.interval(),
            pattern.timeout(),
            3,
            2,
            List.of(),
            "",
            Optional.empty());
    listed.add(new Listed(policy, "http", "api", false));
    return name;
  }

  @Override
  public synchronized void remove(String name) {
    listed.removeIf(one -> one.policy().name().equals(name));
  }

  @Override
  public synchronized void pause(String name, boolean rests, String by) {
    listed.replaceAll(
        one ->
            one.policy().name().equals(name)
                ? new Listed(one.policy(), one.kind(), one.origin(), rests)
                : one);
  }

  @Override
  public synchronized void run(String name) {
    ran.add(name);
  }
}

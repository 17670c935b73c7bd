package io.tocsin.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.web.DemoControls;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The buttons of the demo's page, and what its receivers got. */
public final class Controls implements DemoControls {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Faults faults;
  private final Receiver receiver;
  private final InstantSource clock;

  Controls(Faults faults, Receiver receiver, InstantSource clock) {
    this.faults = faults;
    this.receiver = receiver;
    this.clock = clock;
  }

  void set(SimulatedPart dependency, boolean broken) {
    faults.set(dependency, broken, clock.instant());
  }

  @Override
  public List<DemoControls.Dependency> dependencies() {
    return Stream.of(SimulatedPart.values())
        .map(
            dependency ->
                new DemoControls.Dependency(
                    dependency.label(), dependency.about(), faults.brokenSince(dependency)))
        .toList();
  }

  @Override
  public void breakIt(String dependency) {
    find(dependency).ifPresent(found -> set(found, true));
  }

  @Override
  public void heal(String dependency) {
    find(dependency).ifPresent(found -> set(found, false));
  }

  private static Optional<SimulatedPart> find(String label) {
    return Stream.of(SimulatedPart.values())
        .filter(dependency -> dependency.label().equals(label))
        .findFirst();
  }

  @Override
  public List<Received> received() {
    return receiver.received().stream()
        .map(
            one -> new Received(one.at(), one.path().substring(1), summary(one.body()), one.body()))
        .toList();
  }

  /** What a message is about: PagerDuty's summary, ours, else nothing. */
  private static String summary(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      String action = json.path("event_action").asText(json.path("event").asText());
      String about = json.at("/payload/summary").asText(json.path("text").asText());
      return (action + " " + about).strip();
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}

package io.tocsin.http;

import io.tocsin.notify.EscalationPolicies;
import io.tocsin.notify.OwnersEscalation;
import io.tocsin.oncall.Layer;
import io.tocsin.oncall.Person;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.Rotation;
import io.tocsin.oncall.Schedule;
import io.tocsin.oncall.ShiftOverride;
import io.tocsin.oncall.ShiftOverrideStore;
import io.tocsin.oncall.Target;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two people who take weekly turns, and an override. */
final class OnCallSamples {

  private OnCallSamples() {}

  static Roster roster() {
    var rotation =
        new Rotation(
            List.of("ana", "ben"),
            LocalDateTime.parse("2026-11-16T09:00"),
            Duration.ofDays(7),
            ZoneId.of("Europe/Berlin"));
    var layer = new Layer("week", rotation, List.of(), Optional.empty(), Optional.empty());
    return new Roster(
        Map.of(
            "ana", new Person("ana", Optional.of("ana@example.com"), List.of()),
            "ben", new Person("ben", Optional.empty(), List.of())),
        Map.of("l1", new Schedule("l1", rotation.zone(), List.of(layer), false)),
        Map.of("l1", List.of(new Target.OfSchedule("l1"))),
        List.of());
  }

  static EscalationPolicies policies() {
    return OwnersEscalation.among(Set.of("l1", "l2", "engineering", "ceo", "manager"));
  }

  static ShiftOverrideStore overrides() {
    ShiftOverrideStore store = ShiftOverrideStore.inMemory();
    store.save(
        List.of(
            new ShiftOverride(
                "o1",
                "l1",
                OpsFixture.NOW.plusSeconds(3600),
                OpsFixture.NOW.plusSeconds(7200),
                "ben",
                Optional.empty(),
                "ana",
                "dentist",
                OpsFixture.NOW)));
    return store;
  }
}

package io.tocsin.postmortem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tocsin.incident.IncidentId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link PostmortemStore} does. */
public abstract class PostmortemStoreContract {

  private static final IncidentId OTHER = new IncidentId("iffff");

  /** An empty store in which incidents {@code i0123456789abcdef} and {@code iffff} may be known. */
  protected abstract PostmortemStore store();

  @Test
  void keepsEveryVersionInOrder() {
    PostmortemStore store = store();
    Postmortem first = version(1, Postmortem.Origin.DRAFTED);
    Postmortem second = version(2, Postmortem.Origin.EDITED);

    assertThat(store.append(first)).isTrue();
    assertThat(store.append(second)).isTrue();

    assertThat(store.versions(Stories.ID)).containsExactly(first, second);
    assertThat(store.latest(Stories.ID)).contains(second);
    assertThat(store.latest(OTHER)).isEmpty();
    assertThat(store.written(List.of(Stories.ID, OTHER))).containsExactly(entry(Stories.ID, 2));
    assertThat(store.written(List.of())).isEmpty();
    assertThat(store.versions(OTHER)).isEmpty();
  }

  @Test
  void refusesAVersionThatIsNotTheNext() {
    PostmortemStore store = store();
    assertThat(store.append(version(2, Postmortem.Origin.EDITED))).isFalse();
    assertThat(store.append(version(1, Postmortem.Origin.DRAFTED))).isTrue();
    assertThat(store.append(version(1, Postmortem.Origin.EDITED))).isFalse();

    assertThat(store.versions(Stories.ID)).hasSize(1);
  }

  @Test
  void theNewestVersionsAreFoundByTheirWords() {
    PostmortemStore store = store();
    store.append(version(1, Postmortem.Origin.DRAFTED));
    store.append(version(2, Postmortem.Origin.EDITED));

    assertThat(store.search("text", 10))
        .extracting(Postmortem::version)
        .as("only the newest version")
        .containsExactly(2);
    assertThat(store.search("", 10)).hasSize(1);
    assertThat(store.search("text elephants", 10)).isEmpty();
  }

  private static Postmortem version(int version, Postmortem.Origin origin) {
    return new Postmortem(
        Stories.ID,
        version,
        origin,
        "ada",
        Stories.START.plusSeconds(version),
        "# Text " + version,
        List.of(new Chart("chart-1.svg", "<svg/>")));
  }
}

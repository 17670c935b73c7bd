package io.tocsin.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link CheckDefinitionStore} does. */
public abstract class CheckDefinitionStoreContract {

  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

  /** An empty store. */
  protected abstract CheckDefinitionStore store();

  private static CheckDefinition definition(String name) {
    return new CheckDefinition(name, "{\"name\":\"" + name + "\"}", NOW, "ada");
  }

  @Test
  void keepsOneDefinitionOfEachName() {
    CheckDefinitionStore store = store();
    assertThat(store.add(definition("b"))).isTrue();
    assertThat(store.add(definition("a"))).isTrue();
    assertThat(store.add(new CheckDefinition("a", "{}", NOW, "eve"))).isFalse();

    assertThat(store.all()).containsExactly(definition("a"), definition("b"));
    assertThat(store.remove("a")).isTrue();
    assertThat(store.remove("a")).isFalse();
    assertThat(store.all()).containsExactly(definition("b"));
  }

  @Test
  void remembersWhichChecksRestAlsoThoseOfTheFiles() {
    CheckDefinitionStore store = store();
    store.add(definition("a"));
    store.pause("a", true, NOW, "ada");
    store.pause("a", true, NOW, "ada");
    store.pause("of-the-files", true, NOW, "ada");
    assertThat(store.paused()).containsExactlyInAnyOrder("a", "of-the-files");

    store.pause("of-the-files", false, NOW, "ada");
    assertThat(store.paused()).containsExactly("a");
    store.remove("a");
    assertThat(store.paused()).isEmpty();
  }

  @Test
  void aDefinitionDoesNotSayWhatIsInIt() {
    assertThat(definition("a").toString()).isEqualTo("CheckDefinition[a]");
  }
}

package io.tocsin.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tocsin.alert.Mute;
import io.tocsin.incident.Change;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentsTest {

  static Stream<Class<?>> kinds() {
    return Stream.of(Change.class, Mute.class)
        .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void noPartIsCalledAsTheKeyThatNamesTheWholeIs(Class<?> kind) {
    assertThat(kind.getRecordComponents())
        .extracting(RecordComponent::getName)
        .doesNotContain("kind");
  }

  @Test
  void aLinkIsReadAsItWasWritten() {
    var link = new Change.LinkAdded("war_room", "https://meet.example.com/1", "Room");
    assertThat(read(Documents.write(new Kept(link)))).isEqualTo(link);
  }

  @Test
  void aLinkThatAnOlderVersionWroteIsStillOne() {
    // As jsonb kept {"kind":"LinkAdded","kind":"war_room",...}: the last of two equal keys.
    String kept =
        """
        {"change":{"kind":"war_room","href":"https://meet.example.com/1","text":"Room"}}\
        """;
    assertThat(read(kept))
        .isEqualTo(new Change.LinkAdded("attachment", "https://meet.example.com/1", "Room"));
  }

  @Test
  void whatNobodyKnowsIsRefused() {
    assertThat(catchThrowable(() -> read("{\"change\":{\"kind\":\"Vanished\"}}")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot be read");
  }

  private static Change read(String json) {
    return Documents.read(json, Kept.class).change();
  }

  /** As an event holds its change. */
  private record Kept(Change change) {}
}

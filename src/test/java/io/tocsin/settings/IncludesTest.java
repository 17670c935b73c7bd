package io.tocsin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludesTest {

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Section read(Path file) {
    return Includes.read(file, Map.of("KEY", "secret"));
  }

  @Test
  void joinsListsAndMergesMappings() throws Exception {
    write("checks/a.yaml", "checks: [{name: a}]\nseverities: {high: {acknowledge: 5m}}\n");
    write("checks/b.yaml", "checks: [{name: b, key: '${env:KEY}'}]\n");
    Path main =
        write(
            "tocsin.yaml",
            """
            include: checks/*.yaml
            node: one
            checks: [{name: first}]
            severities: {critical: {acknowledge: 1m}}
            """);

    Section top = read(main);

    assertThat(top.sections("checks"))
        .extracting(one -> one.string("name"))
        .containsExactly("first", "a", "b");
    assertThat(top.sections("checks").getLast().string("key")).isEqualTo("secret");
    assertThat(top.section("severities").orElseThrow().keys()).containsExactly("critical", "high");
    assertThat(top.string("node")).isEqualTo("one");
    top.done();
  }

  @Test
  void aProblemNamesTheFileItIsIn() throws Exception {
    write("more.yaml", "\nchecks:\n  - {name: a, intervall: 1s}\n");
    Section check =
        read(write("tocsin.yaml", "include: [more.yaml]\n")).sections("checks").getFirst();
    check.string("name");
    check.optional("interval");

    assertThatThrownBy(check::done)
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining("more.yaml:3:")
        .hasMessageContaining("checks[0]")
        .hasMessageContaining("interval");
  }

  @Test
  void anUnknownKeyAtTheTopOfAnIncludedFileIsFoundThere() throws Exception {
    write("more.yaml", "cheks: []\n");
    Section top = read(write("tocsin.yaml", "include: [more.yaml]\n"));
    top.sections("checks");

    assertThatThrownBy(top::done)
        .hasMessageContaining("more.yaml:1:1")
        .hasMessageContaining("cheks");
  }

  @Test
  void whatIsSaidTwiceIsRefusedWithBothPlaces() throws Exception {
    write("more.yaml", "route: {receiver: b}\n");
    Path main = write("tocsin.yaml", "include: [more.yaml]\nroute: {receiver: a}\n");

    assertThatThrownBy(() -> read(main))
        .hasMessageContaining("more.yaml:1:19")
        .hasMessageContaining("route.receiver")
        .hasMessageContaining("tocsin.yaml:2:19");
  }

  @Test
  void aCircleIsRefused() throws Exception {
    write("a.yaml", "include: b.yaml\n");
    write("b.yaml", "include: a.yaml\n");
    Path main = write("tocsin.yaml", "include: a.yaml\n");

    assertThatThrownBy(() -> read(main))
        .hasMessageContaining("b.yaml:1:10")
        .hasMessageContaining("\"a.yaml\" again")
        .hasMessageContaining("each file once");
  }

  @Test
  void aFileThatIsNotThereIsNamedAndAPatternMayMatchNothing() throws Exception {
    Path missing = write("tocsin.yaml", "include: nowhere.yaml\n");
    assertThatThrownBy(() -> read(missing)).hasMessageContaining("nowhere.yaml");

    assertThat(read(write("other.yaml", "include: none/*.yaml\nnode: x\n")).string("node"))
        .isEqualTo("x");
  }
}

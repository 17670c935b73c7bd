package io.tocsin.promql;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class QueryScriptTest {

  @TestFactory
  Stream<DynamicContainer> everyScriptHolds() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(QueryScriptTest.class.getResource("/promql")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> scripts = files.filter(f -> f.toString().endsWith(".test")).sorted().toList();
      return scripts.stream().map(QueryScriptTest::container);
    }
  }

  private static DynamicContainer container(Path file) {
    var script = new QueryScript();
    List<QueryScript.Command> commands;
    try {
      commands = QueryScript.commands(Files.readAllLines(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return dynamicContainer(
        String.valueOf(file.getFileName()),
        commands.stream().map(c -> dynamicTest(c.line() + ": " + c.text(), () -> script.run(c))));
  }
}

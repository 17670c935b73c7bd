package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.web.Licence;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The page about Tocsin names everything that is inside the jar: read from the poms themselves. */
class LicencesTest {

  /** A jar of the class path by group and artifact, with the pom beside it. */
  private final Map<String, Path> poms = new HashMap<>();

  @Test
  void everyPartThatIsShippedHasItsLicenceAndNoOther() throws Exception {
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .map(Path::of)
        .forEach(this::located);
    var reached = new TreeSet<String>();
    var todo = new ArrayDeque<>(wanted(Path.of("pom.xml"), Set.of()));
    while (!todo.isEmpty()) {
      Need need = todo.pop();
      if (poms.containsKey(need.name) && reached.add(need.name)) {
        todo.addAll(wanted(poms.get(need.name), need.without));
      }
    }
    assertThat(reached).hasSizeGreaterThan(50);
    assertThat(Licence.shipped()).extracting(Licence::what).containsExactlyElementsOf(reached);
    assertThat(Licence.shipped()).noneMatch(it -> it.terms().isBlank());
  }

  private void located(Path jar) {
    Path version = jar.getParent();
    Path artifact = version == null ? null : version.getParent();
    if (artifact == null) {
      return;
    }
    String file = artifact.getFileName() + "-" + version.getFileName() + ".pom";
    if (Files.exists(version.resolve(file))) {
      poms.put(group(version.resolve(file)) + ":" + artifact.getFileName(), version.resolve(file));
    }
  }

  private static String group(Path pom) {
    Element project = read(pom);
    String own = text(project, "groupId");
    return own.isEmpty() ? text(child(project, "parent").getFirst(), "groupId") : own;
  }

  /** What a pom needs at run time, and what is left out of it. */
  private record Need(String name, Set<String> without) {}

  private static List<Need> wanted(Path pom, Set<String> without) {
    Element project = read(pom);
    return child(project, "dependencies").stream()
        .flatMap(all -> child(all, "dependency").stream())
        .filter(it -> Set.of("", "compile", "runtime").contains(scope(it, pom)))
        .filter(it -> !text(it, "optional").equals("true"))
        .map(
            it -> {
              var left = new HashSet<>(without);
              child(it, "exclusions").stream()
                  .flatMap(some -> child(some, "exclusion").stream())
                  .forEach(one -> left.add(name(one, pom)));
              return new Need(name(it, pom), left);
            })
        .filter(need -> !without.contains(need.name))
        .toList();
  }

  /** The scope that is stated, in the pom itself or for all of its family in a parent. */
  private static String scope(Element dependency, Path pom) {
    String own = text(dependency, "scope");
    if (!own.isEmpty()) {
      return own;
    }
    String name = name(dependency, pom);
    for (Path family = pom; Files.exists(family); family = parent(family)) {
      Path here = family;
      var managed =
          child(read(family), "dependencyManagement").stream()
              .flatMap(it -> child(it, "dependencies").stream())
              .flatMap(it -> child(it, "dependency").stream())
              .filter(it -> name(it, here).equals(name))
              .map(it -> text(it, "scope"))
              .filter(it -> !it.isEmpty())
              .findFirst();
      if (managed.isPresent()) {
        return managed.get();
      }
    }
    return "";
  }

  /** Where the parent's pom is in the local repository; a path where nothing is, for none. */
  private static Path parent(Path pom) {
    Path none = Path.of("no-such.pom");
    var parent = child(read(pom), "parent");
    if (parent.isEmpty() || pom.getParent() == null) {
      return none;
    }
    Path repository = pom.getParent();
    for (int up = group(pom).split("\\.").length + 2; up > 0 && repository != null; up--) {
      repository = repository.getParent();
    }
    String artifact = text(parent.getFirst(), "artifactId");
    String version = text(parent.getFirst(), "version");
    return repository == null
        ? none
        : repository
            .resolve(text(parent.getFirst(), "groupId").replace('.', '/'))
            .resolve(artifact)
            .resolve(version)
            .resolve(artifact + "-" + version + ".pom");
  }

  private static String name(Element dependency, Path pom) {
    String group = text(dependency, "groupId");
    return (group.startsWith("${") ? group(pom) : group) + ":" + text(dependency, "artifactId");
  }

  private static Element read(Path pom) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(pom.toFile())
          .getDocumentElement();
    } catch (Exception broken) {
      throw new IllegalStateException(pom.toString(), broken);
    }
  }

  private static List<Element> child(Element parent, String name) {
    var children = parent.getChildNodes();
    return IntStream.range(0, children.getLength())
        .<Node>mapToObj(children::item)
        .filter(node -> node.getNodeName().equals(name))
        .map(Element.class::cast)
        .toList();
  }

  private static String text(Element parent, String name) {
    return child(parent, name).stream()
        .findFirst()
        .map(it -> it.getTextContent().strip())
        .orElse("");
  }
}

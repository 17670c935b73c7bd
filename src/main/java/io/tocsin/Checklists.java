package io.tocsin;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The steps of the runbooks of an incident's alerts: check boxes ({@code - [ ]}), else the numbered
 * steps under the heading Mitigation.
 *
 * @param folder of the runbooks
 */
record Checklists(Path folder) {

  private static final Pattern BOX = Pattern.compile("\\s*[-*] \\[ ] +(.+)");
  private static final Pattern STEP = Pattern.compile("\\d+\\. +(.+)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final Pattern CONTINUED = Pattern.compile("\\s{2,}(?![-*+] |\\d+\\. )\\S.*");
  private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\([^)\\s]*\\)");
  private static final int MOST = 50;

  /** The steps, each once. */
  List<String> of(Incident incident) {
    Set<String> names = new LinkedHashSet<>();
    for (Alert alert : incident.alerts()) {
      names.add(alert.spec().runbook().orElse(alert.spec().alertName()));
    }
    Set<String> steps = new LinkedHashSet<>();
    names.stream()
        .filter(name -> NAME.matcher(name).matches())
        .forEach(name -> steps.addAll(steps(folder.resolve(name + ".md"))));
    return steps.stream().limit(MOST).toList();
  }

  private static List<String> steps(Path runbook) {
    try {
      return Files.isRegularFile(runbook) ? steps(Files.readAllLines(runbook)) : List.of();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  static List<String> steps(List<String> lines) {
    var boxes = new ArrayList<String>();
    var numbered = new ArrayList<String>();
    boolean mitigation = false;
    List<String> last = List.of();
    for (String line : lines) {
      if (line.startsWith("#")) {
        mitigation = line.replaceFirst("#+", "").strip().equalsIgnoreCase("mitigation");
      }
      var box = BOX.matcher(line);
      var step = STEP.matcher(line);
      if (box.matches()) {
        boxes.add(plain(box.group(1)));
        last = boxes;
      } else if (mitigation && step.matches()) {
        numbered.add(plain(step.group(1)));
        last = numbered;
      } else if (CONTINUED.matcher(line).matches() && !last.isEmpty()) {
        last.set(last.size() - 1, last.getLast() + " " + plain(line));
      } else {
        last = List.of();
      }
    }
    return boxes.isEmpty() ? numbered : boxes;
  }

  /** A step is shown as text: of a link its words, without the marks of bold and code. */
  private static String plain(String markdown) {
    return LINK.matcher(markdown).replaceAll("$1").replaceAll("\\*\\*|`", "").strip();
  }
}

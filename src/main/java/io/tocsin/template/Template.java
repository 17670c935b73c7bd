package io.tocsin.template;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Prometheus' language for labels and annotations: Go's text/template with Prometheus' functions.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/configuration/template_reference/">
 *     Template reference</a>
 * @see <a href="https://pkg.go.dev/text/template">text/template</a>
 */
public final class Template {

  /** Longer results are an error; a loop over a query must not fill memory. */
  static final int MAX_LENGTH = 64 * 1024;

  private final String text;
  private final List<Node> nodes;
  private final Map<String, List<Node>> defined;

  private Template(String text, List<Node> nodes, Map<String, List<Node>> defined) {
    this.text = text;
    this.nodes = nodes;
    this.defined = defined;
  }

  /**
   * Reads a template.
   *
   * @throws TemplateProblem when it is malformed or names an unknown function or variable; says
   *     where
   */
  public static Template parse(String text) {
    var parser = new TemplateParser(new Cursor(text));
    return new Template(text, parser.all(), parser.defined());
  }

  /**
   * Reads a template that may call what others define: of the definitions' text only what stands in
   * {@code define} and {@code block} counts, as with Go's template files.
   *
   * @throws TemplateProblem as {@link #parse(String)}; places count from the definitions' start
   */
  public static Template parse(String definitions, String text) {
    if (definitions.isEmpty()) {
      return parse(text);
    }
    String before = definitions + "{{/* the template itself */}}";
    int silent = parse(before).nodes.size();
    Template whole = parse(before + text);
    return new Template(whole.text, whole.nodes.subList(silent, whole.nodes.size()), whole.defined);
  }

  /** Names of templates that are called, by it or by what it may call, and nowhere defined. */
  public Set<String> missing() {
    var missing = new TreeSet<String>();
    var seen = new HashSet<String>();
    missing(nodes, missing, seen);
    return missing;
  }

  private void missing(List<Node> some, Set<String> missing, Set<String> seen) {
    for (Node node : some) {
      switch (node) {
        case Node.Call call -> {
          List<Node> body = defined.get(call.name());
          if (body == null) {
            missing.add(call.name());
          } else if (seen.add(call.name())) {
            missing(body, missing, seen);
          }
        }
        case Node.If choice -> {
          missing(choice.then(), missing, seen);
          missing(choice.otherwise(), missing, seen);
        }
        case Node.With with -> {
          missing(with.then(), missing, seen);
          missing(with.otherwise(), missing, seen);
        }
        case Node.Range range -> {
          missing(range.body(), missing, seen);
          missing(range.otherwise(), missing, seen);
        }
        case Node.Text text -> {}
        case Node.Action action -> {}
        case Node.Break leave -> {}
        case Node.Continue next -> {}
      }
    }
  }

  /** Whether there is nothing to fill. */
  public boolean isPlain() {
    return nodes.stream().allMatch(Node.Text.class::isInstance);
  }

  /**
   * The text with its holes filled.
   *
   * @throws TemplateProblem when an action fails; says where
   */
  public String expand(AlertScope scope, QueryPort queries) {
    return new Expansion(new Cursor(text), defined, scope, queries).run(nodes);
  }

  /**
   * The text filled from values of its own: the dot is the map, {@code $labels} and the like are
   * empty, queries too.
   *
   * @param values text, numbers, truth, lists and maps of these
   * @param at the time that time functions go by
   * @throws TemplateProblem when an action fails; says where
   */
  public String expand(Map<String, Object> values, Instant at) {
    var nothing = new AlertScope(Map.of(), 0, Map.of(), "", at);
    return new Expansion(new Cursor(text), defined, values, nothing, QueryPort.NONE).run(nodes);
  }

  /** As {@link #expand}, but a failure becomes the text, so that alerting goes on. */
  public String expandOrExplain(AlertScope scope, QueryPort queries) {
    try {
      return expand(scope, queries);
    } catch (TemplateProblem problem) {
      return "<error expanding template: " + problem.getMessage() + ">";
    }
  }

  @Override
  public String toString() {
    return text;
  }
}

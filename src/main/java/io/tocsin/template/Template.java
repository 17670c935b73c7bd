package io.tocsin.template;

import java.time.Instant;
import java.util.List;
import java.util.Map;

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

package io.tocsin.notify;

import io.tocsin.label.Matcher;
import java.time.Duration;
import java.util.List;

/** A routing tree in Alertmanager's own words, for its tools to read. Holds names, no secrets. */
public final class RouteText {
  private final StringBuilder text = new StringBuilder();

  private RouteText() {}

  /** The tree with the receivers it names. */
  public static String of(RoutingTree tree) {
    var writer = new RouteText();
    writer.text.append("route:\n");
    writer.route(tree.root(), "  ");
    writer.text.append("receivers:\n");
    tree.receivers()
        .forEach(name -> writer.text.append("- name: ").append(quoted(name)).append('\n'));
    return writer.text.toString();
  }

  private void route(Route route, String indent) {
    line(indent, "receiver: " + quoted(route.receiver()));
    switch (route.groupBy()) {
      case GroupBy.Everything all -> line(indent, "group_by: ['...']");
      case GroupBy.Names names when names.names().isEmpty() -> {}
      case GroupBy.Names names -> line(indent, "group_by: [" + list(names.names()) + "]");
      case GroupBy.Component component -> line(indent, "group_by: [\"component\"]");
    }
    if (!route.matchers().isEmpty()) {
      line(indent, "matchers:");
      for (Matcher matcher : route.matchers()) {
        line(indent, "- '" + matcher.toString().replace("'", "''") + "'");
      }
    }
    if (route.goesOn()) {
      line(indent, "continue: true");
    }
    line(indent, "group_wait: " + millis(route.groupWait()));
    line(indent, "group_interval: " + millis(route.groupInterval()));
    line(indent, "repeat_interval: " + millis(route.repeatInterval()));
    if (!route.routes().isEmpty()) {
      line(indent, "routes:");
      for (Route child : route.routes()) {
        line(indent, "-");
        route(child, indent + "  ");
      }
    }
  }

  private void line(String indent, String content) {
    text.append(indent).append(content).append('\n');
  }

  private static String millis(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  private static String list(List<String> names) {
    return String.join(", ", names.stream().map(RouteText::quoted).toList());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

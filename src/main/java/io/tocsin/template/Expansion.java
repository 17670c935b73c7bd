package io.tocsin.template;

import io.tocsin.template.Node.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One filling of a template. Values are String, Long, Double, Boolean, List, Map, {@link
 * QueryPort.Sample}, {@link AlertScope}, Instant, Duration or {@link Nothing}.
 */
final class Expansion {

  /** Nodes visited in one filling; loops over nothing must not run for ever either. */
  private static final int MAX_STEPS = 1_000_000;

  private static final int MAX_CALLS = 100;

  /** How a block ended. */
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  private final Cursor place;
  private final Map<String, List<Node>> defined;
  private final Object dot;
  private final AlertScope scope;
  private final TemplateFunctions functions;
  private final StringBuilder out = new StringBuilder();
  private int steps;
  private int calls;

  Expansion(Cursor place, Map<String, List<Node>> defined, AlertScope scope, QueryPort queries) {
    this(place, defined, scope, scope, queries);
  }

  /** One whose dot is not an alert: a map of what may be spoken of. */
  Expansion(
      Cursor place,
      Map<String, List<Node>> defined,
      Object dot,
      AlertScope scope,
      QueryPort queries) {
    this.place = place;
    this.defined = defined;
    this.dot = dot;
    this.scope = scope;
    this.functions = new TemplateFunctions(scope, queries);
  }

  String run(List<Node> nodes) {
    var variables =
        new Variables(
            Map.of(
                "$", dot,
                "$labels", scope.labels(),
                "$value", scope.value(),
                "$externalLabels", scope.externalLabels(),
                "$externalURL", scope.externalUrl()));
    block(nodes, dot, new Pipelines(place, functions, variables));
    return out.toString();
  }

  private Flow block(List<Node> nodes, Object dot, Pipelines pipelines) {
    pipelines.variables().enter();
    Flow flow = Flow.ON;
    for (Node node : nodes) {
      if (++steps > MAX_STEPS) {
        throw place.problem(0, "more than " + MAX_STEPS + " steps");
      }
      flow = node(node, dot, pipelines);
      if (flow != Flow.ON) {
        break;
      }
    }
    pipelines.variables().leave();
    return flow;
  }

  private Flow node(Node node, Object dot, Pipelines pipelines) {
    return switch (node) {
      case Node.Text text -> print(text.text(), 0);
      case Node.Action action -> {
        Object value = pipelines.value(action.pipeline(), dot);
        boolean sets = !action.pipeline().variables().isEmpty();
        yield sets ? Flow.ON : print(GoFormat.print(value), action.pipeline().at());
      }
      case Node.If choice -> {
        pipelines.variables().enter();
        boolean holds = Values.isTrue(pipelines.value(choice.condition(), dot));
        Flow flow = block(holds ? choice.then() : choice.otherwise(), dot, pipelines);
        pipelines.variables().leave();
        yield flow;
      }
      case Node.With with -> {
        pipelines.variables().enter();
        Object value = pipelines.value(with.value(), dot);
        boolean holds = Values.isTrue(value);
        Flow flow = block(holds ? with.then() : with.otherwise(), holds ? value : dot, pipelines);
        pipelines.variables().leave();
        yield flow;
      }
      case Node.Range range -> range(range, dot, pipelines);
      case Node.Call call -> call(call, dot, pipelines);
      case Node.Break leave -> Flow.BREAK;
      case Node.Continue next -> Flow.CONTINUE;
    };
  }

  private Flow print(String text, int at) {
    out.append(text);
    if (out.length() > Template.MAX_LENGTH) {
      throw place.problem(at, "the text grows longer than " + Template.MAX_LENGTH);
    }
    return Flow.ON;
  }

  private Flow call(Node.Call call, Object dot, Pipelines pipelines) {
    List<Node> body = defined.get(call.name());
    if (body == null) {
      throw place.problem(call.at(), "template \"" + call.name() + "\" not defined");
    }
    if (++calls > MAX_CALLS) {
      throw place.problem(call.at(), "templates call each other deeper than " + MAX_CALLS);
    }
    Object data = call.data().map(data1 -> pipelines.value(data1, dot)).orElse(Nothing.NIL);
    block(body, data, pipelines.with(new Variables(Map.of("$", data))));
    calls--;
    return Flow.ON;
  }

  private Flow range(Node.Range range, Object dot, Pipelines pipelines) {
    Pipeline over = range.over();
    var keys = new ArrayList<Object>();
    var elements = new ArrayList<Object>();
    pipelines.variables().enter();
    elements(pipelines.commands(over, dot), keys, elements, over);
    Flow flow = elements.isEmpty() ? block(range.otherwise(), dot, pipelines) : Flow.ON;
    List<String> names = over.variables();
    for (int i = 0; i < elements.size(); i++) {
      pipelines.variables().enter();
      set(names, keys.get(i), elements.get(i), over, pipelines);
      Flow ended = block(range.body(), elements.get(i), pipelines);
      pipelines.variables().leave();
      if (ended == Flow.BREAK) {
        break;
      }
    }
    pipelines.variables().leave();
    return flow;
  }

  private void set(
      List<String> names, Object key, Object element, Pipeline over, Pipelines pipelines) {
    for (int i = 0; i < names.size(); i++) {
      Object value = i == names.size() - 1 ? element : key;
      if (over.declares()) {
        pipelines.variables().declare(names.get(i), value);
      } else {
        pipelines.variables().assign(names.get(i), value);
      }
    }
  }

  private void elements(Object value, List<Object> keys, List<Object> elements, Pipeline over) {
    switch (value) {
      case List<?> list -> {
        for (Object element : list) {
          keys.add((long) keys.size());
          elements.add(element);
        }
      }
      case Map<?, ?> map ->
          map.entrySet().stream()
              .sorted((a, b) -> a.getKey().toString().compareTo(b.getKey().toString()))
              .forEach(
                  entry -> {
                    keys.add(entry.getKey());
                    elements.add(entry.getValue());
                  });
      case Long count -> {
        if (count > MAX_STEPS) {
          throw place.problem(over.at(), "more than " + MAX_STEPS + " steps");
        }
        for (long i = 0; i < count; i++) {
          keys.add(i);
          elements.add(i);
        }
      }
      case Nothing nothing -> {
        // as an empty list
      }
      default ->
          throw place.problem(over.at(), "range can't iterate over " + GoFormat.print(value));
    }
  }
}

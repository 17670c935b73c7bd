package io.tocsin.template;

import io.tocsin.template.Node.Command;
import io.tocsin.template.Node.Operand;
import io.tocsin.template.Node.Pipeline;
import io.tocsin.template.Node.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One filling of a template. Values are String, Long, Double, Boolean, List, Map, {@link
 * QueryPort.Sample}, {@link AlertScope}, Instant or {@link Nothing}.
 */
final class Expansion {
  private final Cursor place;
  private final Object dot;
  private final TemplateFunctions functions;
  private final StringBuilder out = new StringBuilder();

  /** Variables, innermost block last. */
  private final List<Map<String, Object>> variables = new ArrayList<>();

  Expansion(Cursor place, AlertScope scope, QueryPort queries) {
    this(place, scope, scope, queries);
  }

  /** One whose dot is not an alert: a map of what may be spoken of. */
  Expansion(Cursor place, Object dot, AlertScope scope, QueryPort queries) {
    this.place = place;
    this.dot = dot;
    this.functions = new TemplateFunctions(scope, queries);
    variables.add(
        new HashMap<>(
            Map.of(
                "$", dot,
                "$labels", scope.labels(),
                "$value", scope.value(),
                "$externalLabels", scope.externalLabels(),
                "$externalURL", scope.externalUrl())));
  }

  String run(List<Node> nodes) {
    block(nodes, dot);
    return out.toString();
  }

  private void block(List<Node> nodes, Object dot) {
    variables.add(new HashMap<>());
    for (Node node : nodes) {
      switch (node) {
        case Node.Text text -> print(text.text(), 0);
        case Node.Action action -> {
          Object value = value(action.pipeline(), dot);
          if (action.pipeline().variables().isEmpty()) {
            print(GoFormat.print(value), action.pipeline().at());
          }
        }
        case Node.If choice -> {
          variables.add(new HashMap<>());
          boolean holds = Values.isTrue(value(choice.condition(), dot));
          block(holds ? choice.then() : choice.otherwise(), dot);
          variables.removeLast();
        }
        case Node.With with -> {
          variables.add(new HashMap<>());
          Object value = value(with.value(), dot);
          boolean holds = Values.isTrue(value);
          block(holds ? with.then() : with.otherwise(), holds ? value : dot);
          variables.removeLast();
        }
        case Node.Range range -> range(range, dot);
      }
    }
    variables.removeLast();
  }

  private void print(String text, int at) {
    out.append(text);
    if (out.length() > Template.MAX_LENGTH) {
      throw place.problem(at, "the text grows longer than " + Template.MAX_LENGTH);
    }
  }

  private void range(Node.Range range, Object dot) {
    Pipeline over = range.over();
    Object value = commands(over, dot);
    var keys = new ArrayList<Object>();
    var elements = new ArrayList<Object>();
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
      case Nothing nothing -> {
        // as an empty list
      }
      default -> throw place.problem(over.at(), "range can't iterate over " + value);
    }
    if (elements.isEmpty()) {
      block(range.otherwise(), dot);
    }
    List<String> names = over.variables();
    for (int i = 0; i < elements.size(); i++) {
      var set = new HashMap<String, Object>();
      if (!names.isEmpty()) {
        set.put(names.getLast(), elements.get(i));
      }
      if (names.size() > 1) {
        set.put(names.getFirst(), keys.get(i));
      }
      variables.add(set);
      block(range.body(), elements.get(i));
      variables.removeLast();
    }
  }

  private Object value(Pipeline pipeline, Object dot) {
    Object value = commands(pipeline, dot);
    for (String name : pipeline.variables()) {
      Map<String, Object> holder =
          pipeline.declares()
              ? variables.getLast()
              : holder(name)
                  .orElseThrow(() -> place.problem(pipeline.at(), "undefined variable " + name));
      holder.put(name, value);
    }
    return value;
  }

  private Object commands(Pipeline pipeline, Object dot) {
    Optional<Object> piped = Optional.empty();
    for (Command command : pipeline.commands()) {
      piped = Optional.of(command(command, dot, piped));
    }
    return piped.orElse(Nothing.NIL);
  }

  private Object command(Command command, Object dot, Optional<Object> piped) {
    Operand first = command.operands().getFirst();
    if (!(first.source() instanceof Source.Name)) {
      if (piped.isPresent()) {
        throw place.problem(command.at(), "can't give an argument to what is no function");
      }
      return operand(first, dot);
    }
    return call(first, command.operands().subList(1, command.operands().size()), dot, piped);
  }

  private Object operand(Operand operand, Object dot) {
    Object value =
        switch (operand.source()) {
          case Source.Literal literal -> literal.value().orElse(Nothing.NIL);
          case Source.Dot here -> dot;
          case Source.Variable variable ->
              holder(variable.name())
                  .map(found -> found.get(variable.name()))
                  .orElseThrow(
                      () -> place.problem(operand.at(), "undefined variable " + variable.name()));
          case Source.Name name -> call(operand, List.of(), dot, Optional.empty());
          case Source.Group group -> value(group.pipeline(), dot);
        };
    return operand.source() instanceof Source.Name ? value : fields(value, operand);
  }

  private Object fields(Object start, Operand operand) {
    Object value = start;
    for (String field : operand.fields()) {
      try {
        value = Values.field(value, field);
      } catch (IllegalArgumentException e) {
        throw place.problem(operand.at(), String.valueOf(e.getMessage()));
      }
    }
    return value;
  }

  private Object call(
      Operand function, List<Operand> operands, Object dot, Optional<Object> piped) {
    String name = ((Source.Name) function.source()).name();
    var arguments = new ArrayList<Object>();
    for (Operand operand : operands) {
      Object value = operand(operand, dot);
      arguments.add(value);
      boolean decided =
          (name.equals("and") && !Values.isTrue(value))
              || (name.equals("or") && Values.isTrue(value));
      if (decided) {
        return value;
      }
    }
    piped.ifPresent(arguments::add);
    try {
      return fields(functions.call(name, arguments), function);
    } catch (TemplateProblem problem) {
      throw problem;
    } catch (RuntimeException e) {
      throw place.problem(function.at(), "error calling " + name + ": " + e.getMessage());
    }
  }

  private Optional<Map<String, Object>> holder(String name) {
    for (Map<String, Object> level : variables.reversed()) {
      if (level.containsKey(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}

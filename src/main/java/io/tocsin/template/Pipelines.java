package io.tocsin.template;

import io.tocsin.template.Node.Command;
import io.tocsin.template.Node.Operand;
import io.tocsin.template.Node.Pipeline;
import io.tocsin.template.Node.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the inside of an action comes to, with the variables of one template. */
final class Pipelines {
  private final Cursor place;
  private final TemplateFunctions functions;
  private final Variables variables;

  Pipelines(Cursor place, TemplateFunctions functions, Variables variables) {
    this.place = place;
    this.functions = functions;
    this.variables = variables;
  }

  /** The same functions with the variables of another template. */
  Pipelines with(Variables others) {
    return new Pipelines(place, functions, others);
  }

  Variables variables() {
    return variables;
  }

  /** The value of a pipeline; sets the variables that it names. */
  Object value(Pipeline pipeline, Object dot) {
    Object value = commands(pipeline, dot);
    for (String name : pipeline.variables()) {
      if (pipeline.declares()) {
        variables.declare(name, value);
      } else if (!variables.assign(name, value)) {
        throw place.problem(pipeline.at(), "undefined variable " + name);
      }
    }
    return value;
  }

  /** The value of a pipeline's commands alone. */
  Object commands(Pipeline pipeline, Object dot) {
    Optional<Object> piped = Optional.empty();
    for (Command command : pipeline.commands()) {
      piped = Optional.of(command(command, dot, piped));
    }
    return piped.orElse(Nothing.NIL);
  }

  private Object command(Command command, Object dot, Optional<Object> piped) {
    Operand first = command.operands().getFirst();
    List<Operand> rest = command.operands().subList(1, command.operands().size());
    if (first.source() instanceof Source.Name) {
      return call(first, rest, dot, piped);
    }
    if (first.source() instanceof Source.Literal literal && literal.value().isEmpty()) {
      throw place.problem(command.at(), "nil is not a command");
    }
    if (rest.isEmpty() && piped.isEmpty()) {
      return operand(first, dot);
    }
    if (first.fields().isEmpty()) {
      throw place.problem(command.at(), "can't give argument to non-function");
    }
    return method(first, rest, dot, piped);
  }

  private Object operand(Operand operand, Object dot) {
    return operand.source() instanceof Source.Name
        ? call(operand, List.of(), dot, Optional.empty())
        : fields(source(operand, dot), operand, operand.fields());
  }

  private Object source(Operand operand, Object dot) {
    return switch (operand.source()) {
      case Source.Literal literal -> literal.value().orElse(Nothing.NIL);
      case Source.Dot here -> dot;
      case Source.Variable variable ->
          variables
              .find(variable.name())
              .orElseThrow(
                  () -> place.problem(operand.at(), "undefined variable " + variable.name()));
      case Source.Name name -> call(operand, List.of(), dot, Optional.empty());
      case Source.Group group -> value(group.pipeline(), dot);
    };
  }

  private Object fields(Object start, Operand operand, List<String> fields) {
    Object value = start;
    for (String field : fields) {
      try {
        value = Values.field(value, field);
      } catch (IllegalArgumentException e) {
        throw place.problem(operand.at(), String.valueOf(e.getMessage()));
      }
    }
    return value;
  }

  /** The last field is a method that gets the arguments. */
  private Object method(
      Operand operand, List<Operand> operands, Object dot, Optional<Object> piped) {
    List<String> fields = operand.fields();
    Object receiver = fields(source(operand, dot), operand, fields.subList(0, fields.size() - 1));
    var arguments = new ArrayList<Object>();
    operands.forEach(one -> arguments.add(operand(one, dot)));
    piped.ifPresent(arguments::add);
    try {
      return Methods.call(receiver, fields.getLast(), arguments);
    } catch (RuntimeException e) {
      throw place.problem(
          operand.at(), "error calling " + fields.getLast() + ": " + e.getMessage());
    }
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
      return fields(functions.call(name, arguments), function, function.fields());
    } catch (TemplateProblem problem) {
      throw problem;
    } catch (RuntimeException e) {
      throw place.problem(function.at(), "error calling " + name + ": " + e.getMessage());
    }
  }
}

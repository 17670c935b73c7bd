package io.tocsin.template;

import java.util.List;
import java.util.Optional;

/** A part of a template. Positions are offsets in its text. */
sealed interface Node {

  /** Copied as it is. */
  record Text(String text) implements Node {}

  /** Its value is printed, unless it only sets a variable. */
  record Action(Pipeline pipeline) implements Node {}

  /** {@code if}. */
  record If(Pipeline condition, List<Node> then, List<Node> otherwise) implements Node {}

  /** {@code with}: as {@code if}, the dot being the value. */
  record With(Pipeline value, List<Node> then, List<Node> otherwise) implements Node {}

  /** {@code range}: once per element, the dot being the element. */
  record Range(Pipeline over, List<Node> body, List<Node> otherwise) implements Node {}

  /** {@code template}: another template of this text, its dot being the data or nil. */
  record Call(int at, String name, Optional<Pipeline> data) implements Node {}

  /** {@code break}: leaves the innermost loop. */
  record Break() implements Node {}

  /** {@code continue}: goes on with the next element of the innermost loop. */
  record Continue() implements Node {}

  /**
   * Commands, each given the result of the one before as its last argument.
   *
   * @param variables names set from the result; two only in a {@code range}
   * @param declares {@code :=} rather than {@code =}
   */
  record Pipeline(int at, List<String> variables, boolean declares, List<Command> commands) {}

  /** A function or a method with arguments, or a single value. */
  record Command(int at, List<Operand> operands) {}

  /** A value, then fields of it. */
  record Operand(int at, Source source, List<String> fields) {}

  /** Where a value comes from. */
  sealed interface Source {
    /** Written down; empty is {@code nil}. */
    record Literal(Optional<Object> value) implements Source {}

    /** {@code .}. */
    record Dot() implements Source {}

    /** {@code $name}. */
    record Variable(String name) implements Source {}

    /** A function's name. */
    record Name(String name) implements Source {}

    /** {@code ( ... )}. */
    record Group(Pipeline pipeline) implements Source {}
  }
}

package io.tocsin.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Text and actions to nodes. */
final class TemplateParser {
  private static final String OPEN = "{{";
  private static final int MAX_DEPTH = 100;

  private final Cursor cursor;
  private final ActionParser actions;
  private final Map<String, List<Node>> defined = new LinkedHashMap<>();
  private int depth;
  private int loops;

  /** Whether the action just read asked to trim the text after it. */
  private boolean trimNext;

  TemplateParser(Cursor cursor) {
    this.cursor = cursor;
    this.actions = new ActionParser(cursor);
  }

  /** What ended a list of nodes. */
  private enum Stop {
    END_OF_TEXT,
    END,
    ELSE
  }

  private record Block(List<Node> nodes, Stop stop) {}

  List<Node> all() {
    Block block = block();
    if (block.stop() != Stop.END_OF_TEXT) {
      throw cursor.problem("unexpected {{" + (block.stop() == Stop.END ? "end" : "else") + "}}");
    }
    return block.nodes();
  }

  /** Templates that the text defined, by name. */
  Map<String, List<Node>> defined() {
    return defined;
  }

  private Block block() {
    if (++depth > MAX_DEPTH) {
      throw cursor.problem("actions nest deeper than " + MAX_DEPTH);
    }
    var nodes = new ArrayList<Node>();
    while (true) {
      text(nodes);
      if (cursor.atEnd()) {
        depth--;
        return new Block(nodes, Stop.END_OF_TEXT);
      }
      if (comment()) {
        continue;
      }
      int start = cursor.at;
      String word = cursor.word();
      switch (word) {
        case "end" -> {
          close();
          depth--;
          return new Block(nodes, Stop.END);
        }
        case "else" -> {
          depth--;
          return new Block(nodes, Stop.ELSE);
        }
        case "if", "with", "range" -> nodes.add(control(word));
        case "define" -> define(start);
        case "block" -> nodes.add(blockOfItsOwn(start));
        case "template" -> nodes.add(call(start));
        case "break", "continue" -> nodes.add(leave(word, start));
        default -> {
          cursor.at = start;
          nodes.add(new Node.Action(actions.pipeline(false)));
          close();
        }
      }
    }
  }

  /** Text up to the next action; leaves the cursor inside it. */
  private void text(List<Node> nodes) {
    String all = cursor.text();
    int open = all.indexOf(OPEN, cursor.at);
    int from = cursor.at;
    int to = open < 0 ? all.length() : open;
    while (trimNext && from < to && Cursor.isSpace(all.charAt(from))) {
      from++;
    }
    trimNext = false;
    cursor.at = open < 0 ? all.length() : open + OPEN.length();
    if (open >= 0 && cursor.peek() == '-' && isSpace(cursor.at + 1)) {
      cursor.at++;
      while (from < to && Cursor.isSpace(all.charAt(to - 1))) {
        to--;
      }
    }
    cursor.skipSpace();
    if (from < to) {
      nodes.add(new Node.Text(all.substring(from, to)));
    }
  }

  private boolean isSpace(int at) {
    return at < cursor.text().length() && Cursor.isSpace(cursor.text().charAt(at));
  }

  private boolean comment() {
    if (!cursor.accept("/*")) {
      return false;
    }
    int end = cursor.text().indexOf("*/", cursor.at);
    if (end < 0) {
      throw cursor.problem("unclosed comment");
    }
    cursor.at = end + 2;
    close();
    return true;
  }

  /** Takes {@code }}}, with or without its trim marker. */
  private void close() {
    boolean space = cursor.at > 0 && isSpace(cursor.at - 1);
    int before = cursor.at;
    cursor.skipSpace();
    space |= cursor.at > before;
    trimNext = space && cursor.accept("-}}");
    if (!trimNext && !cursor.accept("}}")) {
      throw cursor.atEnd()
          ? cursor.problem("unclosed action")
          : cursor.problem("unexpected \"" + cursor.peek() + "\" in action");
    }
  }

  private Node control(String word) {
    int start = cursor.at - word.length();
    int mark = actions.declared().enter();
    Node.Pipeline pipeline = actions.pipeline(word.equals("range"));
    close();
    loops += word.equals("range") ? 1 : 0;
    Block body = block();
    loops -= word.equals("range") ? 1 : 0;
    List<Node> otherwise = List.of();
    if (body.stop() == Stop.ELSE) {
      otherwise = otherwise();
    }
    if (body.stop() == Stop.END_OF_TEXT) {
      throw cursor.problem(start, "{{" + word + "}} without {{end}}");
    }
    actions.declared().leave(mark);
    return switch (word) {
      case "if" -> new Node.If(pipeline, body.nodes(), otherwise);
      case "with" -> new Node.With(pipeline, body.nodes(), otherwise);
      default -> new Node.Range(pipeline, body.nodes(), otherwise);
    };
  }

  /** After {@code else}: another condition that shares our {@code end}, or a block. */
  private List<Node> otherwise() {
    cursor.skipSpace();
    int start = cursor.at;
    String word = cursor.word();
    if (word.equals("if") || word.equals("with")) {
      return List.of(control(word));
    }
    cursor.at = start;
    close();
    Block block = block();
    if (block.stop() != Stop.END) {
      throw cursor.problem(start, "{{else}} without {{end}}");
    }
    return block.nodes();
  }

  private Node leave(String word, int start) {
    close();
    if (loops == 0) {
      throw cursor.problem(start, "{{" + word + "}} outside {{range}}");
    }
    return word.equals("break") ? new Node.Break() : new Node.Continue();
  }

  private void define(int start) {
    if (depth > 1) {
      throw cursor.problem(start, "unexpected {{define}}: it stands outside all other actions");
    }
    String name = actions.quoted();
    close();
    definition(start, name);
  }

  private Node blockOfItsOwn(int start) {
    String name = actions.quoted();
    Node.Pipeline data = actions.pipeline(false);
    close();
    definition(start, name);
    return new Node.Call(start, name, Optional.of(data));
  }

  /** Reads to {@code end} what a name means; later definitions win, unless they are empty. */
  private void definition(int start, String name) {
    DeclaredVariables outside = actions.declared();
    int loopsOutside = loops;
    loops = 0;
    actions.declare(new DeclaredVariables(DeclaredVariables.OF_A_DEFINITION));
    Block body = block();
    actions.declare(outside);
    loops = loopsOutside;
    if (body.stop() != Stop.END) {
      throw cursor.problem(start, "a template's definition without {{end}}");
    }
    if (!body.nodes().isEmpty() || !defined.containsKey(name)) {
      defined.put(name, body.nodes());
    }
  }

  private Node call(int start) {
    String name = actions.quoted();
    cursor.skipSpace();
    boolean bare = cursor.looksAt("}}") || cursor.looksAt("-}}");
    Optional<Node.Pipeline> data = bare ? Optional.empty() : Optional.of(actions.pipeline(false));
    close();
    return new Node.Call(start, name, data);
  }
}

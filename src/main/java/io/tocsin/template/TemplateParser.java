package io.tocsin.template;

import java.util.ArrayList;
import java.util.List;

/** Text and actions to nodes. */
final class TemplateParser {
  private static final String OPEN = "{{";
  private static final int MAX_DEPTH = 100;

  private final Cursor cursor;
  private final ActionParser actions;
  private int depth;

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
        case "define", "template", "block", "break", "continue" ->
            throw cursor.problem(start, "{{" + word + "}} is not supported");
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
    String text = all.substring(cursor.at, open < 0 ? all.length() : open);
    text = trimNext ? text.stripLeading() : text;
    trimNext = false;
    cursor.at = open < 0 ? all.length() : open + OPEN.length();
    if (open >= 0 && cursor.peek() == '-' && isSpace(cursor.at + 1)) {
      cursor.at++;
      text = text.stripTrailing();
    }
    cursor.skipSpace();
    if (!text.isEmpty()) {
      nodes.add(new Node.Text(text));
    }
  }

  private boolean isSpace(int at) {
    return at < cursor.text().length() && Character.isWhitespace(cursor.text().charAt(at));
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
    Node.Pipeline pipeline = actions.pipeline(word.equals("range"));
    close();
    Block body = block();
    List<Node> otherwise = List.of();
    if (body.stop() == Stop.ELSE) {
      otherwise = otherwise();
    }
    if (body.stop() == Stop.END_OF_TEXT) {
      throw cursor.problem(start, "{{" + word + "}} without {{end}}");
    }
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
}

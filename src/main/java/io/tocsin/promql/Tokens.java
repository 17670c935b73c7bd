package io.tocsin.promql;

import io.tocsin.promql.Token.Kind;
import java.util.List;

/** A place in a list of tokens that ends with an END. */
final class Tokens {
  private final List<Token> tokens;
  private int at;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * The next token.
   *
   * @throws ParseProblem when the text cannot be read from here on
   */
  Token peek() {
    Token token = tokens.get(at);
    if (token.kind() == Kind.ERROR) {
      throw new ParseProblem(token.span(), token.text());
    }
    return token;
  }

  Token peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  /** The token taken last. */
  Token previous() {
    return tokens.get(Math.max(at - 1, 0));
  }

  Token next() {
    Token token = peek();
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  boolean acceptSymbol(String symbol) {
    boolean found = peek().isSymbol(symbol);
    if (found) {
      at++;
    }
    return found;
  }

  boolean acceptWord(String word) {
    boolean found = peek().isWord(word);
    if (found) {
      at++;
    }
    return found;
  }

  /** Takes a symbol; what to expect else is the symbol alone. */
  Token expect(String symbol) {
    return expect(symbol, "", "\"" + symbol + "\"");
  }

  /**
   * Takes a symbol.
   *
   * @param context where, as in {@code grouping opts}; may be empty
   * @param expected all that could stand here
   */
  Token expect(String symbol, String context, String expected) {
    if (!peek().isSymbol(symbol)) {
      throw unexpected(context, expected);
    }
    return next();
  }

  /** The next token is none of what may stand there. */
  ParseProblem unexpected(String context, String expected) {
    return problem(
        "unexpected "
            + peek().described()
            + (context.isEmpty() ? "" : " in " + context)
            + (expected.isEmpty() ? "" : ", expected " + expected));
  }

  void expectEnd() {
    if (peek().kind() != Kind.END) {
      throw unexpected("", "");
    }
  }

  /** A problem at the next token. */
  ParseProblem problem(String reason) {
    return new ParseProblem(peek().span(), reason);
  }
}

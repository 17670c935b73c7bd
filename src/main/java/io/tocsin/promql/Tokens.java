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

  Token peek() {
    return tokens.get(at);
  }

  Token peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  /** The token taken last. */
  Token previous() {
    return tokens.get(Math.max(at - 1, 0));
  }

  Token next() {
    Token token = tokens.get(at);
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

  Token expect(String symbol) {
    if (!peek().isSymbol(symbol)) {
      throw problem("unexpected " + peek().described() + ", expected \"" + symbol + "\"");
    }
    return next();
  }

  void expectEnd() {
    if (peek().kind() != Kind.END) {
      throw problem("unexpected " + peek().described());
    }
  }

  /** A problem at the next token. */
  ParseProblem problem(String reason) {
    return new ParseProblem(peek().span(), reason);
  }
}

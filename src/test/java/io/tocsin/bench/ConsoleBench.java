package io.tocsin.bench;

import io.tocsin.web.ConsoleLoad;

/**
 * Measures the console over a large made-up state: {@code mvn -q test-compile exec:exec@bench
 * -Dbench=ConsoleBench}.
 */
final class ConsoleBench {

  private ConsoleBench() {}

  public static void main(String[] arguments) throws Exception {
    ConsoleLoad.measure();
  }
}

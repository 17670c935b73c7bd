package io.tocsin;

import picocli.CommandLine.IVersionProvider;

/** Which Tocsin this is: the jar's version, {@code dev} when run from classes. */
final class Version implements IVersionProvider {

  static String text() {
    String version = Tocsin.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "tocsin " + text() + " (Java " + Runtime.version() + ")",
    };
  }
}

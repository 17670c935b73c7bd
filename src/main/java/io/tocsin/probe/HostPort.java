package io.tocsin.probe;

import io.tocsin.settings.Section;
import io.tocsin.settings.SettingsProblem;

/**
 * A host and a port written as {@code db.example.com:5432} or {@code [2001:db8::1]:53}.
 *
 * @param host a name or an address, without brackets
 */
record HostPort(String host, int port) {

  /**
   * @throws SettingsProblem when the key is absent or malformed
   */
  static HostPort read(Section section, String key) {
    return read(section, key, -1);
  }

  /**
   * @param otherwise the port when none is written; negative when one must be
   */
  static HostPort read(Section section, String key, int otherwise) {
    String text = section.string(key);
    int colon = text.lastIndexOf(':');
    boolean bare =
        colon < 0 || text.endsWith("]") || text.indexOf(':') < colon && !text.startsWith("[");
    String host = bare ? text : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = bare ? otherwise : port(text.substring(colon + 1));
    if (host.isEmpty() || port < 1 || port > 65535) {
      throw section.problem(key, otherwise < 0 ? "host:port" : "host or host:port");
    }
    return new HostPort(host, port);
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}

package io.tocsin.channel;

import io.tocsin.settings.Section;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The mail server that e-mail leaves by: {@code smtp: {host, port, tls, username, password, from}}.
 *
 * @param host name or address
 * @param port 25, 465 or 587 as a rule
 * @param tls how the connection is protected
 * @param username login, if the server wants one
 * @param password its password
 * @param from sender's address
 */
public record SmtpServer(
    String host,
    int port,
    Tls tls,
    Optional<String> username,
    Optional<String> password,
    String from) {

  /** None; upgraded after the greeting; from the first byte. */
  public enum Tls {
    NONE,
    STARTTLS,
    TLS
  }

  /** Reads the section {@code smtp:}. */
  public static SmtpServer read(Section section) {
    var server =
        new SmtpServer(
            section.string("host"),
            section.integer("port", 587),
            section.choice("tls", Tls.class, Tls.STARTTLS),
            section.optional("username"),
            section.optional("password"),
            section.string("from"));
    section.done();
    return server;
  }

  /** The domain of the sender's address. */
  String domain() {
    return from.substring(from.indexOf('@') + 1).replace(">", "");
  }

  /** The {@code Message-ID} of what has this key: sent again, a mail program shows it once. */
  String messageId(String key) {
    return "<"
        + HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8))
        + "@"
        + domain()
        + ">";
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "SmtpServer[" + host + ":" + port + ", " + tls + "]";
  }
}

package io.tocsin.channel;

import io.tocsin.settings.Section;
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

  /** Without the password. */
  @Override
  public String toString() {
    return "SmtpServer[" + host + ":" + port + ", " + tls + "]";
  }
}

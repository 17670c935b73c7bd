package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Self-signed certificates for localhost, made by the JDK's keytool. */
public record TestCertificates(Path directory) {

  private static final String PASSWORD = "changeit";

  /**
   * Makes one.
   *
   * @param validDays from its start
   * @param startDate as keytool takes it, such as {@code -10d}
   */
  public void make(String name, int validDays, String startDate) throws Exception {
    keytool(
        "-genkeypair -keyalg EC -groupname secp256r1 -dname CN=localhost"
            + " -ext san=dns:localhost,ip:127.0.0.1 -alias it -validity %d -startdate %s"
                .formatted(validDays, startDate),
        name);
    keytool("-exportcert -rfc -alias it -file " + pem(name), name);
  }

  public Path pem(String name) {
    return directory.resolve(name + ".pem");
  }

  PfxOptions keys(String name) throws IOException {
    return new PfxOptions()
        .setValue(Buffer.buffer(Files.readAllBytes(directory.resolve(name + ".p12"))))
        .setPassword(PASSWORD);
  }

  /** Where the key and its certificate are, for servers that read them from a file. */
  public Path store(String name) {
    return directory.resolve(name + ".p12");
  }

  /** What {@link #store} opens with. */
  public static String password() {
    return PASSWORD;
  }

  private void keytool(String arguments, String name) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.add("-J-XX:TieredStopAtLevel=1");
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(
        List.of(
            "-keystore",
            directory.resolve(name + ".p12").toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }
}

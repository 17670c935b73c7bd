package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;

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
    make(name, "EC -groupname secp256r1", validDays, startDate);
  }

  /** Makes one whose key is of RSA, valid now. */
  public void makeRsa(String name) throws Exception {
    make(name, "RSA -keysize 2048", 10, "-1d");
  }

  private void make(String name, String key, int validDays, String startDate) throws Exception {
    keytool(
        "-genkeypair -keyalg "
            + key
            + " -dname CN=localhost"
            + " -ext san=dns:localhost,ip:127.0.0.1 -alias it -validity %d -startdate %s"
                .formatted(validDays, startDate),
        name);
    keytool("-exportcert -rfc -alias it -file " + pem(name), name);
  }

  public Path pem(String name) {
    return directory.resolve(name + ".pem");
  }

  /** The private key, as PKCS#8 in PEM. */
  public Path key(String name) throws Exception {
    return key(name, "PRIVATE KEY", privateKey(name).getEncoded());
  }

  /** The private key as OpenSSL wrote it of old: PKCS#1 for RSA, SEC 1 for elliptic curves. */
  public Path oldKey(String name) throws Exception {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(privateKey(name).getEncoded());
    if (privateKey(name).getAlgorithm().equals("RSA")) {
      return key(name, "RSA PRIVATE KEY", info.parsePrivateKey().toASN1Primitive().getEncoded());
    }
    var number = ECPrivateKey.getInstance(info.parsePrivateKey()).getKey();
    var key = new ECPrivateKey(256, number, info.getPrivateKeyAlgorithm().getParameters());
    return key(name, "EC PRIVATE KEY", key.getEncoded());
  }

  private PrivateKey privateKey(String name) throws Exception {
    KeyStore keys = KeyStore.getInstance(store(name).toFile(), PASSWORD.toCharArray());
    return (PrivateKey) keys.getKey("it", PASSWORD.toCharArray());
  }

  private Path key(String name, String type, byte[] encoded) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return Files.writeString(
        directory.resolve(name + " " + type + ".key"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type));
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

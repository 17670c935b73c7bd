package io.tocsin.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/** A certificate with its private key, shown to servers that ask for one. */
final class ClientCertificate {

  private ClientCertificate() {}

  /**
   * Reads both.
   *
   * @throws IllegalArgumentException naming the key of the configuration whose file is wrong
   */
  static KeyManager[] managers(Path certFile, Path keyFile) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
      store.setKeyEntry("client", key(keyFile), new char[0], chain(certFile));
    } catch (IOException e) {
      throw new IllegalStateException("an empty key store cannot be made", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("cert_file: expected the certificate of the key_file", e);
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static Certificate[] chain(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(pem)
              .toArray(Certificate[]::new);
      if (chain.length > 0) {
        return chain;
      }
      throw new IOException("no certificate in it");
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("cert_file: expected a file of PEM certificates", e);
    }
  }

  private static PrivateKey key(Path file) {
    try (Reader text = Files.newBufferedReader(file);
        var pem = new PemReader(text)) {
      for (PemObject one = pem.readPemObject(); one != null; one = pem.readPemObject()) {
        PrivateKeyInfo info = info(one);
        if (info != null) {
          return KeyFactory.getInstance(algorithm(info))
              .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        }
      }
      throw new IOException("no private key in it");
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException(
          "key_file: expected a private key in PEM, not encrypted", e);
    }
  }

  /** What PKCS#8 says of a key, whichever way it is written; null when it is something else. */
  private static @Nullable PrivateKeyInfo info(PemObject one) throws IOException {
    return switch (one.getType()) {
      case "PRIVATE KEY" -> PrivateKeyInfo.getInstance(one.getContent());
      case "RSA PRIVATE KEY" ->
          new PrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
              RSAPrivateKey.getInstance(one.getContent()));
      case "EC PRIVATE KEY" -> {
        ECPrivateKey key = ECPrivateKey.getInstance(one.getContent());
        yield new PrivateKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
            key);
      }
      default -> null;
    };
  }

  private static String algorithm(PrivateKeyInfo info) {
    var algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return "RSA";
    }
    return algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : "EdDSA";
  }
}

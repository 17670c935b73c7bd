package io.tocsin.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates a source may show, and which one we show. */
final class Trust {

  private Trust() {}

  /**
   * A context that trusts and shows what the settings say.
   *
   * @throws IllegalArgumentException naming the key whose file is wrong
   */
  static SSLContext context(SourceTls tls) throws GeneralSecurityException {
    KeyManager[] own =
        tls.certFile().isPresent() && tls.keyFile().isPresent()
            ? ClientCertificate.managers(
                Path.of(tls.certFile().get()), Path.of(tls.keyFile().get()))
            : new KeyManager[0];
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, trusted(tls), null);
    return context;
  }

  /** Null stands for the JDK's own authorities. */
  private static TrustManager @Nullable [] trusted(SourceTls tls) throws GeneralSecurityException {
    if (tls.insecure()) {
      return new TrustManager[] {new Anybody()};
    }
    return tls.caFile().isPresent() ? authorities(Path.of(tls.caFile().get())) : null;
  }

  /** The authorities of a PEM file and no others. */
  private static TrustManager[] authorities(Path pem) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try (InputStream file = Files.newInputStream(pem)) {
      store.load(null, null);
      int count = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        store.setCertificateEntry("ca" + count++, one);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("ca_file: expected a file of PEM certificates", e);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /**
   * For a laboratory. Being an extended one, it also takes the place of the check of the host's
   * name.
   */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

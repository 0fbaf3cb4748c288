package dev.berth.lambda.replication;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trusts what the JDK does, and some certificates more, each for the names that it is for. */
final class PeerTrust {

  private PeerTrust() {}

  static SSLContext of(List<X509Certificate> more) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (X509Certificate certificate : Stream.concat(ofJdk(), more.stream()).toList()) {
        trusted.setCertificateEntry(Integer.toString(trusted.size()), certificate);
      }
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers(trusted).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("certificates that were read cannot be trusted", e);
    }
  }

  private static Stream<X509Certificate> ofJdk() throws GeneralSecurityException {
    return Arrays.stream(managers(null).getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()));
  }

  /**
   * @param trusted null for what the JDK trusts
   */
  private static TrustManagerFactory managers(KeyStore trusted) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory;
  }
}

package dev.berth.local.host;

import dev.berth.local.host.HostSettings.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom the host's regions trust when they call each other: the authorities that the JDK does, and
 * the host's own certificate, which may be signed by nobody else.
 */
final class HostTrust {

  private HostTrust() {}

  /**
   * @throws SetupException if there is no certificate in the file
   */
  static SSLContext of(Optional<TlsFiles> tls) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager(tls)}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new SetupException("--tls-cert: the certificate cannot be trusted: " + e.getMessage());
    }
  }

  private static TrustManager manager(Optional<TlsFiles> tls)
      throws GeneralSecurityException, IOException {
    X509ExtendedTrustManager authorities = authorities();
    return tls.isPresent() ? new OwnCertificate(read(tls.get()), authorities) : authorities;
  }

  private static X509Certificate read(TlsFiles tls) throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(tls.certificate())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static X509ExtendedTrustManager authorities() throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("the JDK trusts no authorities"));
  }
}

package dev.berth.local.host;

import dev.berth.local.host.HostSettings.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

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
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int count = 0;
      for (Certificate certificate : certificates(tls).toList()) {
        trusted.setCertificateEntry("trusted-" + count++, certificate);
      }
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers(Optional.of(trusted)), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new SetupException("--tls-cert: the certificate cannot be trusted: " + e.getMessage());
    }
  }

  private static Stream<Certificate> certificates(Optional<TlsFiles> tls)
      throws GeneralSecurityException, IOException {
    Stream<Certificate> authorities =
        Arrays.stream(managers(Optional.empty()))
            .filter(X509TrustManager.class::isInstance)
            .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()));
    return tls.isEmpty()
        ? authorities
        : Stream.concat(authorities, read(tls.get().certificate()).stream());
  }

  private static Collection<? extends Certificate> read(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  /**
   * @param trusted empty for what the JDK trusts
   */
  private static TrustManager[] managers(Optional<KeyStore> trusted)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted.orElse(null));
    return factory.getTrustManagers();
  }
}

package dev.berth.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost that nobody else has signed, and its key, as PEM files. */
public record SelfSigned(Path certificate, Path key, KeyStore store) {

  private static final char[] PASSWORD = "changeit".toCharArray();

  public static SelfSigned in(Path directory) throws Exception {
    var store = KeyStore.getInstance(keytool(directory).toFile(), PASSWORD);
    return new SelfSigned(
        pem(directory, "CERTIFICATE", store.getCertificate("server").getEncoded()),
        pem(directory, "PRIVATE KEY", store.getKey("server", PASSWORD).getEncoded()),
        store);
  }

  private static Path keytool(Path directory) throws Exception {
    var file = directory.resolve("server.p12");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    return file;
  }

  private static Path pem(Path directory, String kind, byte[] encoded) throws IOException {
    var text = Base64.getMimeEncoder().encodeToString(encoded);
    return Files.writeString(
        directory.resolve(kind + ".pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }

  /** For clients that trust it, and nothing else. */
  SSLContext trusting() throws Exception {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store.getCertificate("server"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** For servers. */
  public SSLContext serving() throws Exception {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}

package dev.berth.local.host;

import dev.berth.local.host.HostSettings.TlsFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what is wrong with a certificate or its key before the host listens: a key of another
 * certificate would show in every client's handshake only.
 */
final class CertificateFiles {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN (\\w+ )+?PRIVATE KEY-----");

  private CertificateFiles() {}

  /**
   * @throws SetupException if a file cannot be read, is not what it should be, or the key is not
   *     the certificate's
   */
  static void check(TlsFiles files) {
    PublicKey certified = certified(files.certificate());
    PrivateKey key = key(files.key(), certified.getAlgorithm());
    if (!belongTogether(key, certified)) {
      throw new SetupException(
          "the key in %s is not that of the certificate in %s"
              .formatted(files.key(), files.certificate()));
    }
  }

  private static PublicKey certified(Path file) {
    byte[] content = text("--tls-cert", file).getBytes(StandardCharsets.ISO_8859_1);
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(content))
          .getPublicKey();
    } catch (CertificateException e) {
      throw new SetupException("--tls-cert: there is no PEM certificate in " + file);
    }
  }

  private static PrivateKey key(Path file, String algorithm) {
    String text = text("--tls-key", file);
    Matcher key = KEY.matcher(text);
    if (!key.find()) {
      throw new SetupException(
          OTHER_KEY.matcher(text).find()
              ? "--tls-key: the key in %s is encrypted or not PKCS #8: convert it with 'openssl pkcs8 -topk8 -nocrypt'"
                  .formatted(file)
              : "--tls-key: there is no PEM private key in " + file);
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(key.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SetupException(
          "--tls-key: the key in %s is damaged, or not the certificate's kind (%s)"
              .formatted(file, algorithm));
    }
  }

  private static String text(String option, Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new SetupException(option + ": there is no file " + file);
    } catch (IOException e) {
      throw new SetupException(option + ": " + file + " cannot be read: " + e.getMessage());
    }
  }

  /** Whether what the one signs the other verifies. */
  private static boolean belongTogether(PrivateKey key, PublicKey certified) {
    try {
      var signature = Signature.getInstance(signatureOf(certified.getAlgorithm()));
      byte[] message = {1};
      signature.initSign(key);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String signatureOf(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> algorithm;
    };
  }
}

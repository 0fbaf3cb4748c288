package dev.berth.core.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature itself: a key derived for its scope, over the hash of the canonical request. */
final class Signing {

  private static final String HMAC = "HmacSHA256";

  private Signing() {}

  /** In lower-case hex. */
  static String signature(
      String secret, CredentialScope scope, SigningTime time, String canonicalRequest) {
    String toSign =
        String.join(
            "\n",
            Authorization.ALGORITHM,
            time.toString(),
            scope.toString(),
            sha256(canonicalRequest.getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(hmac(key(secret, scope), toSign));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] key(String secret, CredentialScope scope) {
    byte[] date = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), scope.date());
    byte[] region = hmac(date, scope.region());
    byte[] service = hmac(region, scope.service());
    return hmac(service, scope.terminator());
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}

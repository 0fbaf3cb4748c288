package dev.berth.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Hands data to a client so that it comes back unchanged or not at all: {@code <key
 * id>.<payload>.<HMAC-SHA256>} in URL-safe base64, so in unreserved characters only. The client can
 * read the payload: seal no secret.
 */
public final class Sealer {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final String currentKeyId;
  private final Map<String, SecretKey> keys;

  Sealer(String currentKeyId, Map<String, SecretKey> keys) {
    this.currentKeyId = currentKeyId;
    this.keys = Map.copyOf(keys);
  }

  public String seal(byte[] payload) {
    String content = currentKeyId + "." + ENCODER.encodeToString(payload);
    return content
        + "."
        + new String(mac(keys.get(currentKeyId), content), StandardCharsets.US_ASCII);
  }

  /** The payload of a sealed text; empty for anything that this deployment did not seal. */
  public Optional<byte[]> open(String sealed) {
    int idEnd = sealed.indexOf('.');
    int contentEnd = sealed.lastIndexOf('.');
    if (idEnd < 0 || idEnd == contentEnd) {
      return Optional.empty();
    }
    SecretKey key = keys.get(sealed.substring(0, idEnd));
    if (key == null) {
      return Optional.empty();
    }
    try {
      byte[] expected = mac(key, sealed.substring(0, contentEnd));
      byte[] actual = sealed.substring(contentEnd + 1).getBytes(StandardCharsets.UTF_8);
      return MessageDigest.isEqual(expected, actual)
          ? Optional.of(DECODER.decode(sealed.substring(idEnd + 1, contentEnd)))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  // in base64, so that it is compared as text: decoding would let several spellings through
  private static byte[] mac(SecretKey key, String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return ENCODER.encode(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}

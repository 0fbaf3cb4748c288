package dev.berth.registry.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.oci.Digest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ids in the form of IAM's unique identifiers (IAM User Guide, "IAM identifiers"), never used
 * again, and secrets in the form of AWS's.
 */
final class UniqueIds {

  private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String SECRET_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final SecureRandom RANDOM = new SecureRandom();

  private UniqueIds() {}

  static String ofUser() {
    return "AIDA" + random(ID_ALPHABET, 17);
  }

  static String ofRole() {
    return "AROA" + random(ID_ALPHABET, 17);
  }

  /** The same each time: of a role that is kept elsewhere. */
  static String ofRole(String whose) {
    String hash = Digest.sha256(whose.getBytes(UTF_8)).hex();
    return IntStream.range(0, 17)
        .map(i -> HexFormat.fromHexDigits(hash, 2 * i, 2 * i + 2) % ID_ALPHABET.length())
        .mapToObj(index -> ID_ALPHABET.substring(index, index + 1))
        .collect(Collectors.joining("", "AROA", ""));
  }

  static String ofPolicy() {
    return "ANPA" + random(ID_ALPHABET, 17);
  }

  static String ofAccessKey() {
    return "AKIA" + random(ID_ALPHABET, 16);
  }

  static String ofTemporaryKey() {
    return "ASIA" + random(ID_ALPHABET, 16);
  }

  /** Of 240 bits. */
  static String secret() {
    return random(SECRET_ALPHABET, 40);
  }

  /** A session's token, of 768 bits. */
  static String sessionToken() {
    return random(SECRET_ALPHABET, 128);
  }

  private static String random(String alphabet, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}

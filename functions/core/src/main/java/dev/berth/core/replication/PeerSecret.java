package dev.berth.core.replication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * What two deployments share, so that one can replicate into the other: every account of the source
 * has temporary keys of it, with which its replication role signs. The destination derives them
 * again from what a request names, so nothing is stored for an account. Never printed.
 */
public final class PeerSecret {

  private static final String MAC = "HmacSHA256";
  private static final String PREFIX = "BRPL_";
  private static final Pattern KEY_ID =
      Pattern.compile(PREFIX + "([0-9]{12})_([a-z]{2,}(?:_[a-z]+)+_[0-9]+)");

  /** As many as the HMAC's own. */
  private static final int FEWEST_BYTES = 32;

  private final SecretKey shared;

  private PeerSecret(SecretKey shared) {
    this.shared = shared;
  }

  /**
   * @param bytes at least 32, random
   * @throws IllegalArgumentException if there are fewer
   */
  public static PeerSecret of(byte[] bytes) {
    if (bytes.length < FEWEST_BYTES) {
      throw new IllegalArgumentException(
          "a secret that peers share has at least %d bytes".formatted(FEWEST_BYTES));
    }
    return new PeerSecret(new SecretKeySpec(bytes, MAC));
  }

  /** One that nobody else has. */
  public static PeerSecret random() {
    byte[] bytes = new byte[FEWEST_BYTES];
    new SecureRandom().nextBytes(bytes);
    return of(bytes);
  }

  /**
   * What two regions of one deployment share, or a region with itself; either order is the same.
   */
  public static PeerSecret between(SecretKey root, String region, String other) {
    String regions = Stream.of(region, other).sorted().collect(Collectors.joining("\n"));
    return of(mac(root, "regions\n" + regions));
  }

  /** Whether both are the same, told in constant time. */
  public boolean isSameAs(PeerSecret other) {
    return MessageDigest.isEqual(shared.getEncoded(), other.shared.getEncoded());
  }

  /**
   * The registry that replicates.
   *
   * @param account 12 digits
   * @param region as regions are named
   */
  public record Source(String account, String region) {

    private String keyId() {
      return PREFIX + account + "_" + region.replace('-', '_');
    }
  }

  /**
   * What its requests are signed with.
   *
   * @param sessionToken sent along, as with all temporary keys
   */
  public record Credentials(String accessKeyId, String secretKey, String sessionToken) {

    @Override
    public String toString() {
      return "Credentials[" + accessKeyId + "]";
    }
  }

  public Credentials credentials(Source source) {
    String id = source.keyId();
    return new Credentials(id, derive("secret", id), derive("token", id));
  }

  /** Whose key this would be; empty for the key of anybody else. */
  public static Optional<Source> source(String accessKeyId) {
    Matcher id = KEY_ID.matcher(accessKeyId);
    return id.matches()
        ? Optional.of(new Source(id.group(1), id.group(2).replace('_', '-')))
        : Optional.empty();
  }

  private String derive(String what, String keyId) {
    return Base64.getEncoder().encodeToString(mac(shared, what + "\n" + keyId));
  }

  private static byte[] mac(SecretKey key, String text) {
    try {
      var mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }

  @Override
  public String toString() {
    return "PeerSecret";
  }
}

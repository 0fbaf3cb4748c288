package dev.berth.core.replication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * What two deployments share, so that one can replicate into the other: every account of the source
 * has temporary keys of it, with which its replication role signs. The destination derives them
 * again from what a request names, so nothing is stored for an account. Never printed.
 */
public final class PeerSecret {

  private static final String PREFIX = "BRPL_";
  private static final Pattern KEY_ID =
      Pattern.compile(PREFIX + "([0-9]{12})_([a-z]{2,}(?:_[a-z]+)+_[0-9]+)");

  private final SecretKey shared;

  /**
   * @param shared of at least 32 random bytes
   */
  public PeerSecret(SecretKey shared) {
    this.shared = shared;
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
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(shared);
      byte[] derived = mac.doFinal((what + "\n" + keyId).getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(derived);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}

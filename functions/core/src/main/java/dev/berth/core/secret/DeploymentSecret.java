package dev.berth.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one secret of a deployment: keys by id, the first seals, all of them open, so that a rotated
 * key goes on opening what it sealed until it is taken off the list. Never printed.
 */
public final class DeploymentSecret {

  /**
   * What a derived key is for: its HKDF label. A key derived for one purpose is no good for
   * another.
   */
  public enum Purpose {
    AUTHORIZATION_TOKEN,
    UPLOAD_STATE,
    PAGE_POSITION,
    SIGNED_LINK,
    MANIFEST_SIGNATURE,
    ACCESS_KEY_SECRET,
    REPLICATION_PEER
  }

  /**
   * A key and its id.
   *
   * @param id letters and digits
   * @param bytes at least 32, random
   */
  public record Key(String id, byte[] bytes) {
    public Key {
      if (!id.matches("[A-Za-z0-9]+") || bytes.length < 32) {
        throw new IllegalArgumentException("a deployment key needs an id and 32 random bytes");
      }
    }

    @Override
    public String toString() {
      return "Key[" + id + "]";
    }
  }

  private final List<Key> keys;

  /**
   * @param keys at least one, the current one first
   */
  public DeploymentSecret(List<Key> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a deployment has at least one key");
    }
    this.keys = List.copyOf(keys);
  }

  /** What seals and opens for this purpose. */
  public Sealer sealer(Purpose purpose) {
    Map<String, SecretKey> derived =
        keys.stream().collect(Collectors.toMap(Key::id, key -> derive(key, purpose)));
    return new Sealer(keys.getFirst().id(), derived);
  }

  /** What encrypts and decrypts for this purpose. */
  public SecretBox secretBox(Purpose purpose) {
    Map<String, SecretKey> derived =
        keys.stream()
            .collect(
                Collectors.toMap(
                    Key::id, key -> new SecretKeySpec(derive(key, purpose).getEncoded(), "AES")));
    return new SecretBox(keys.getFirst().id(), derived);
  }

  /** The current key's for this purpose, where nothing has to be opened that another sealed. */
  public SecretKey key(Purpose purpose) {
    return derive(keys.getFirst(), purpose);
  }

  private static SecretKey derive(Key key, Purpose purpose) {
    try {
      var extract =
          HKDFParameterSpec.ofExtract()
              .addIKM(new SecretKeySpec(key.bytes(), "HKDF"))
              .thenExpand(("berth/" + purpose).getBytes(StandardCharsets.UTF_8), 32);
      return KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", extract);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HKDF-SHA256", e);
    }
  }
}

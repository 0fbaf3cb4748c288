package dev.berth.core.secret;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts what is kept and must not be read where it is kept: AES-256-GCM, bound to a context, so
 * that what was encrypted for one item does not open in another's place.
 */
public final class SecretBox {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final String currentKeyId;
  private final Map<String, SecretKey> keys;
  private final SecureRandom random = new SecureRandom();

  SecretBox(String currentKeyId, Map<String, SecretKey> keys) {
    this.currentKeyId = currentKeyId;
    this.keys = Map.copyOf(keys);
  }

  /**
   * What {@link #encrypt} made.
   *
   * @param keyId of the deployment's key
   * @param bytes nonce, ciphertext and tag
   */
  public record Encrypted(String keyId, byte[] bytes) {

    @Override
    public String toString() {
      return "Encrypted[" + keyId + "]";
    }
  }

  /**
   * @param context has to be the same for {@link #decrypt}; not secret
   */
  public Encrypted encrypt(byte[] secret, byte[] context) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(currentKeyId), nonce);
      cipher.updateAAD(context);
      byte[] bytes = new byte[NONCE_BYTES + cipher.getOutputSize(secret.length)];
      System.arraycopy(nonce, 0, bytes, 0, NONCE_BYTES);
      cipher.doFinal(secret, 0, secret.length, bytes, NONCE_BYTES);
      return new Encrypted(currentKeyId, bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES/GCM", e);
    }
  }

  /**
   * @throws IllegalStateException if the key is gone, or these bytes were not encrypted so: what is
   *     kept was changed, or another deployment's secret is in use
   */
  public byte[] decrypt(Encrypted encrypted, byte[] context) {
    SecretKey key = keys.get(encrypted.keyId());
    if (key == null) {
      throw new IllegalStateException(
          "the deployment's secret no longer has the key " + encrypted.keyId());
    }
    try {
      byte[] bytes = encrypted.bytes();
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, bytes);
      cipher.updateAAD(context);
      return cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException("a secret that is kept cannot be decrypted", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
    return cipher;
  }
}

package dev.berth.local.files;

import dev.berth.registry.store.ObjectEncryption;

/**
 * The data keys of encrypted files, as KMS makes and opens them with GenerateDataKey and Decrypt: a
 * file keeps its own under the protection of the key that its object is encrypted with.
 *
 * <p>Both methods throw {@link dev.berth.registry.RegistryException.KmsFailed} where that key
 * cannot be used.
 */
public interface DataKeys {

  /**
   * A fresh data key.
   *
   * @param plain 32 bytes
   * @param wrapped what {@link #decrypt} makes it of again
   */
  record DataKey(byte[] plain, byte[] wrapped) {

    /** Without the key. */
    @Override
    public String toString() {
      return "DataKey[]";
    }
  }

  DataKey generate(ObjectEncryption.Kms encryption);

  /**
   * @param encryption that the data key was generated for
   */
  byte[] decrypt(ObjectEncryption.Kms encryption, byte[] wrapped);
}

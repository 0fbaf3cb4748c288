package dev.berth.registry.repository;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.encryption.Encryption;
import java.time.Instant;

/**
 * A repository of a registry.
 *
 * @param account the registry's id
 * @param id random, made with the repository and never used again
 * @param imageCount how many images it holds, untagged ones included
 */
public record Repository(
    String account,
    RepositoryName name,
    String id,
    Settings settings,
    Instant createdAt,
    long imageCount) {

  /** The settings of a repository that can be given when it is made. */
  public record Settings(TagMutability tagMutability, boolean scanOnPush, Encryption encryption) {
    public static Settings defaults() {
      return new Settings(TagMutability.MUTABLE, false, Encryption.AES256);
    }
  }

  /** Whether a tag that exists can be moved to another image. */
  public enum TagMutability {
    MUTABLE,
    IMMUTABLE
  }

  public Encryption encryption() {
    return settings.encryption();
  }

  /**
   * The id of the key that the repository's layers are encrypted with: layers are shared between
   * the repositories of a registry that have the same one.
   */
  public String encryptionKey() {
    return encryption().id();
  }
}

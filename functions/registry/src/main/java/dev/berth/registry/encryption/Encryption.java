package dev.berth.registry.encryption;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.store.ObjectEncryption;

/** How what a repository holds is encrypted: chosen when it is made, and for good. */
public sealed interface Encryption {

  /** By the store of objects on its own. */
  record Aes256() implements Encryption {
    @Override
    public String id() {
      return "AES256";
    }

    @Override
    public ObjectEncryption ofObjects(String account, RepositoryName name) {
      return ObjectEncryption.STANDARD;
    }
  }

  /** With a key of KMS, of the repository's region. */
  record Kms(KeyArn key) implements Encryption {
    @Override
    public String id() {
      return key.toString();
    }

    @Override
    public ObjectEncryption ofObjects(String account, RepositoryName name) {
      return new ObjectEncryption.Kms(key.toString(), repositoryArn(account, name));
    }

    /** The key is in the repository's region, so its ARN says which one that is. */
    public String repositoryArn(String account, RepositoryName name) {
      return "arn:%s:ecr:%s:%s:repository/%s"
          .formatted(key.partition(), key.region(), account, name);
    }
  }

  Encryption AES256 = new Aes256();

  /**
   * What tells encryptions apart in the key layout: layers are shared between the repositories of a
   * registry that have the same one. Items hold it in this form, too.
   */
  String id();

  /** How objects of a repository are written. */
  ObjectEncryption ofObjects(String account, RepositoryName name);

  /**
   * @param id of {@link #id}
   */
  static Encryption of(String id) {
    return KeyArn.parse(id)
        .<Encryption>map(Kms::new)
        .orElseGet(
            () -> {
              if (!id.equals(AES256.id())) {
                throw new IllegalStateException("not an encryption: " + id);
              }
              return AES256;
            });
  }
}

package dev.berth.registry.store;

/** How an object's bytes are to be kept. Reading takes no word of it: the object knows. */
public sealed interface ObjectEncryption {

  /** As the store keeps objects on its own: S3's default encryption, plain files locally. */
  record Standard() implements ObjectEncryption {}

  /**
   * With data keys that a key of KMS protects.
   *
   * @param repositoryArn what the encryption context has as {@code aws:ecr:arn}
   */
  record Kms(String keyArn, String repositoryArn) implements ObjectEncryption {

    /** The name in the encryption context (ECR User Guide, "Encryption at rest"). */
    public static final String CONTEXT = "aws:ecr:arn";
  }

  ObjectEncryption STANDARD = new Standard();
}

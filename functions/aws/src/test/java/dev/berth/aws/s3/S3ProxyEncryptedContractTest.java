package dev.berth.aws.s3;

import dev.berth.registry.store.ObjectEncryption;

/** Objects with a key are no different to whoever reads and writes them. */
class S3ProxyEncryptedContractTest extends S3ProxyContractTest {

  @Override
  protected ObjectEncryption encryption() {
    return new ObjectEncryption.Kms(
        "arn:aws:kms:us-east-1:123456789012:key/0123",
        "arn:aws:ecr:us-east-1:123456789012:repository/app");
  }
}

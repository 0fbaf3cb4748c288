package dev.berth.aws.s3;

import dev.berth.registry.store.ObjectEncryption;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * How requests ask for SSE-KMS (S3 User Guide, "Specifying server-side encryption with AWS KMS").
 *
 * <p>Bucket keys are switched off, whatever the bucket says: with one, S3 asks KMS for a key in the
 * name of the bucket and not of the object, and a grant that is bound to the repository would not
 * hold, nor would KMS's log name the repository as the ECR User Guide has it.
 */
final class S3Encryption {

  private S3Encryption() {}

  static void on(PutObjectRequest.Builder request, ObjectEncryption encryption) {
    if (encryption instanceof ObjectEncryption.Kms(String key, String repository)) {
      request
          .serverSideEncryption(ServerSideEncryption.AWS_KMS)
          .ssekmsKeyId(key)
          .ssekmsEncryptionContext(context(repository))
          .bucketKeyEnabled(false);
    }
  }

  static void on(CreateMultipartUploadRequest.Builder request, ObjectEncryption encryption) {
    if (encryption instanceof ObjectEncryption.Kms(String key, String repository)) {
      request
          .serverSideEncryption(ServerSideEncryption.AWS_KMS)
          .ssekmsKeyId(key)
          .ssekmsEncryptionContext(context(repository))
          .bucketKeyEnabled(false);
    }
  }

  static void on(CopyObjectRequest.Builder request, ObjectEncryption encryption) {
    if (encryption instanceof ObjectEncryption.Kms(String key, String repository)) {
      request
          .serverSideEncryption(ServerSideEncryption.AWS_KMS)
          .ssekmsKeyId(key)
          .ssekmsEncryptionContext(context(repository))
          .bucketKeyEnabled(false);
    }
  }

  /** JSON in base64. An ARN needs no escapes. */
  private static String context(String repositoryArn) {
    String json = "{\"%s\":\"%s\"}".formatted(ObjectEncryption.Kms.CONTEXT, repositoryArn);
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}

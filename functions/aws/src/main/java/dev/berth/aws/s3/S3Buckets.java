package dev.berth.aws.s3;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Makes the bucket where no stack does: in tests, and before an emulator. */
public final class S3Buckets {

  private static final String NOT_TO_BE_NAMED = "us-east-1";

  private S3Buckets() {}

  /**
   * Makes the bucket unless it is there. To look needs the right to list it, to make it the right
   * to create buckets.
   *
   * @param region of the client: S3 makes a bucket elsewhere only if told where, and takes no word
   *     for us-east-1 (S3 API Reference, CreateBucket)
   */
  public static void createIfAbsent(S3Client s3, String name, String region) {
    if (exists(s3, name)) {
      return;
    }
    try {
      s3.createBucket(
          bucket -> {
            bucket.bucket(name);
            if (!region.equals(NOT_TO_BE_NAMED)) {
              bucket.createBucketConfiguration(where -> where.locationConstraint(region));
            }
          });
    } catch (BucketAlreadyOwnedByYouException e) {
      System.getLogger(S3Buckets.class.getName())
          .log(System.Logger.Level.DEBUG, () -> "bucket " + name + " was made meanwhile", e);
    }
  }

  private static boolean exists(S3Client s3, String name) {
    try {
      s3.headBucket(bucket -> bucket.bucket(name));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return false;
      }
      throw e;
    }
  }
}

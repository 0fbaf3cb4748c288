package dev.berth.aws.s3;

import dev.berth.registry.store.Objects.OpenMultipart;
import dev.berth.registry.store.Objects.Stored;
import dev.berth.registry.store.Page;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** What a bucket holds, in the order of the keys. */
final class S3Listing {

  /** Of one answer (S3 API Reference, ListObjectsV2 and ListMultipartUploads). */
  private static final int MOST = 1000;

  /** Between the two halves of a position: no key has it. */
  private static final String SEPARATOR = " ";

  /** In place of the mark that a listing does not tell, see {@link S3Writes}. */
  private static final String UNKNOWN_WRITE = "unknown";

  private S3Listing() {}

  static Page<Stored> objects(S3Client s3, String bucket, Optional<String> after, int limit) {
    try {
      ListObjectsV2Response page =
          s3.listObjectsV2(
              request ->
                  request
                      .bucket(bucket)
                      .continuationToken(after.orElse(null))
                      .maxKeys(Math.min(limit, MOST)));
      return new Page<>(
          page.contents().stream()
              .map(object -> new Stored(object.key(), object.size(), object.lastModified()))
              .toList(),
          Optional.ofNullable(page.nextContinuationToken()));
    } catch (SdkException e) {
      throw S3Failure.unknown("list the objects", e);
    }
  }

  static Page<OpenMultipart> multiparts(
      S3Client s3, String bucket, Optional<String> after, int limit) {
    try {
      ListMultipartUploadsResponse page =
          s3.listMultipartUploads(
              request -> from(request.bucket(bucket).maxUploads(Math.min(limit, MOST)), after));
      return new Page<>(
          page.uploads().stream()
              .map(
                  upload ->
                      new OpenMultipart(
                          upload.key(),
                          new S3Multipart(UNKNOWN_WRITE, upload.uploadId()).id(),
                          upload.initiated()))
              .toList(),
          Boolean.TRUE.equals(page.isTruncated())
              ? Optional.of(page.nextKeyMarker() + SEPARATOR + page.nextUploadIdMarker())
              : Optional.empty());
    } catch (SdkException e) {
      throw S3Failure.unknown("list the multipart writes", e);
    }
  }

  private static void from(ListMultipartUploadsRequest.Builder request, Optional<String> after) {
    after.ifPresent(
        position -> {
          String[] markers = position.split(SEPARATOR, 2);
          request.keyMarker(markers[0]).uploadIdMarker(markers[1]);
        });
  }
}

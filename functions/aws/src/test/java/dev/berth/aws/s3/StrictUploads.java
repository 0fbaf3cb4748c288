package dev.berth.aws.s3;

import java.io.InputStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * S3Proxy's files take a part for an upload that is not there; S3 answers NoSuchUpload. They put a
 * copy in the place of what is there; S3 does not, where it is asked not to as all copies here do.
 */
final class StrictUploads extends ForwardingBlobStore {

  StrictUploads(BlobStore files) {
    super(files);
  }

  /** It does not encrypt, but takes the headers that ask for it. */
  @Override
  public boolean supportsServerSideEncryption() {
    return true;
  }

  @Override
  public UploadPartResponse uploadMultipartPart(
      MultipartUpload upload, UploadPartRequest request, InputStream bytes) {
    requireThere(request.bucket(), request.key(), request.uploadId());
    return super.uploadMultipartPart(upload, request, bytes);
  }

  @Override
  public UploadPartCopyResponse copyMultipartPart(
      MultipartUpload upload, UploadPartCopyRequest request) {
    requireThere(request.destinationBucket(), request.destinationKey(), request.uploadId());
    return super.copyMultipartPart(upload, request);
  }

  @Override
  public synchronized CopyObjectResponse copyBlob(CopyObjectRequest request) {
    if (blobExists(request.destinationBucket(), request.destinationKey())) {
      throw S3Exception.builder()
          .statusCode(412)
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .errorCode("PreconditionFailed")
                  .errorMessage("At least one of the pre-conditions you specified did not hold")
                  .build())
          .build();
    }
    return super.copyBlob(request);
  }

  private void requireThere(String bucket, String key, String id) {
    boolean there =
        listMultipartUploads(bucket).stream()
            .anyMatch(upload -> upload.uploadId().equals(id) && upload.key().equals(key));
    if (!there) {
      throw S3Exception.builder()
          .statusCode(404)
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .errorCode("NoSuchUpload")
                  .errorMessage("The specified upload does not exist.")
                  .build())
          .build();
    }
  }
}

package dev.berth.lambda.oci;

import dev.berth.lambda.audit.ErrorCodes;

/** This wire's errors by the codes of ECR's API, as records have them. */
final class RecordedErrors {

  private RecordedErrors() {}

  static String code(OciError error) {
    return switch (error) {
      case OciError.Denied any -> "AccessDeniedException";
      case OciError.TooManyRequests any -> "ThrottlingException";
      case OciError.NameUnknown any -> "RepositoryNotFoundException";
      case OciError.ManifestUnknown any -> "ImageNotFoundException";
      case OciError.ManifestBlobUnknown any -> "LayersNotFoundException";
      case OciError.BlobUnknown any -> "LayersNotFoundException";
      case OciError.BlobUploadUnknown any -> "UploadNotFoundException";
      case OciError.Unknown any -> "ServerException";
      default -> ErrorCodes.INVALID_PARAMETER;
    };
  }
}

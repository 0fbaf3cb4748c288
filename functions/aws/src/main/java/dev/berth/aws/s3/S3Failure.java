package dev.berth.aws.s3;

import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.store.StoreException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What S3's errors mean, by their codes (S3 API Reference, Error responses). */
final class S3Failure {

  private static final String OF_KMS = "KMS.";
  private static final String THROTTLED_BY_KMS = OF_KMS + "ThrottlingException";

  private S3Failure() {}

  /** Some servers answer a condition that does not hold by its status alone. */
  static boolean isPreconditionFailed(SdkException e) {
    return isStatus(e, 412);
  }

  /** Another request writes the same key at this time. */
  static boolean isConflict(SdkException e) {
    return isStatus(e, 409);
  }

  static boolean isNoSuchUpload(SdkException e) {
    return code(e).equals("NoSuchUpload");
  }

  static boolean isInvalidPart(SdkException e) {
    return code(e).equals("InvalidPart");
  }

  /** A HEAD has no body, so no code. */
  static boolean isNoSuchKey(SdkException e) {
    return code(e).equals("NoSuchKey") || (isStatus(e, 404) && code(e).isEmpty());
  }

  static boolean isInvalidRange(SdkException e) {
    return isStatus(e, 416) || code(e).equals("InvalidRange");
  }

  /** What a range that is not within the source of a copy is answered with. */
  static boolean isInvalidSource(SdkException e) {
    return isInvalidRange(e) || code(e).equals("InvalidArgument");
  }

  /**
   * What is left when nothing else explains a failure: KMS's refusal, which S3 passes on under
   * {@code KMS.} and KMS's own code, or that S3 does not answer. KMS's silence and throttling are
   * as little the caller's as S3's own.
   */
  static RuntimeException unknown(String what, SdkException e) {
    String code = code(e);
    boolean refusedByKms =
        code.startsWith(OF_KMS)
            && !code.equals(THROTTLED_BY_KMS)
            && ((S3Exception) e).statusCode() < 500;
    return refusedByKms
        ? new KmsFailed(code.substring(OF_KMS.length()), message(e))
        : new StoreException("S3 failed to " + what, e);
  }

  private static String message(SdkException e) {
    return Optional.ofNullable(((S3Exception) e).awsErrorDetails().errorMessage())
        .orElseGet(e::getMessage);
  }

  private static boolean isStatus(SdkException e, int status) {
    return e instanceof S3Exception s3 && s3.statusCode() == status;
  }

  private static String code(SdkException e) {
    return Optional.of(e)
        .filter(S3Exception.class::isInstance)
        .map(s3 -> ((S3Exception) s3).awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .filter(code -> !code.equals("404"))
        .orElse("");
  }
}

package dev.berth.aws.kms;

import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.store.StoreException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.KmsException;

/**
 * What KMS's errors mean (KMS API Reference): a refusal is the caller's, who named the key or set
 * its policy; silence, throttling and KMS's own faults are ours.
 */
final class KmsFailure {

  private static final Set<String> GONE = Set.of("NotFoundException", "InvalidGrantIdException");

  private KmsFailure() {}

  static <T> T translated(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw translate(what, e);
    }
  }

  /** Does nothing where the key or the grant is gone: then there is nothing left to do. */
  static void unlessGone(String what, Runnable call) {
    try {
      call.run();
    } catch (SdkException e) {
      if (!GONE.contains(code(e))) {
        throw translate(what, e);
      }
    }
  }

  private static RuntimeException translate(String what, SdkException e) {
    boolean refused =
        e instanceof KmsException kms
            && kms.statusCode() >= 400
            && kms.statusCode() < 500
            && !kms.isThrottlingException();
    return refused
        ? new KmsFailed(code(e), message(e))
        : new StoreException("KMS failed to " + what, e);
  }

  private static String code(SdkException e) {
    return details(e).map(AwsErrorDetails::errorCode).orElse("");
  }

  private static String message(SdkException e) {
    return details(e).map(AwsErrorDetails::errorMessage).orElseGet(e::getMessage);
  }

  private static Optional<AwsErrorDetails> details(SdkException e) {
    return e instanceof KmsException kms
        ? Optional.ofNullable(kms.awsErrorDetails())
        : Optional.empty();
  }
}

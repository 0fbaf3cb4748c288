package dev.berth.lambda.audit;

import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryException.BodyTruncated;
import dev.berth.registry.RegistryException.ImageReferencedByManifestList;
import dev.berth.registry.RegistryException.InvalidManifest;
import dev.berth.registry.RegistryException.KmsFailed;

/** ECR's codes of what the registry refuses, for wires that have other ones. */
public final class ErrorCodes {

  public static final String INVALID_PARAMETER = "InvalidParameterException";

  private ErrorCodes() {}

  /** The registry's refusals are called as the model's exceptions are, but for these. */
  public static String of(RegistryException refusal) {
    return switch (refusal) {
      case InvalidManifest any -> INVALID_PARAMETER;
      case ImageReferencedByManifestList any -> INVALID_PARAMETER;
      case BodyTruncated any -> INVALID_PARAMETER;
      case KmsFailed any -> "KmsException";
      default -> refusal.getClass().getSimpleName() + "Exception";
    };
  }
}

package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.policy.PolicyException;
import dev.berth.core.sigv4.Verification.Refused;
import dev.berth.registry.RegistryException;
import dev.berth.registry.upload.Uploader;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of the ECR API that is not a success: the {@code __type}, the HTTP status and the
 * message of the model or of AWS's common errors. Answers, not faults, so without a stack trace.
 */
public abstract sealed class EcrError extends RuntimeException {

  private final String code;
  private final int status;

  private EcrError(String code, int status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  String code() {
    return code;
  }

  int status() {
    return status;
  }

  /** What the body holds beside {@code __type} and {@code message}. */
  Map<String, Object> members() {
    return Map.of();
  }

  /** There is no operation of this name, or it is not built. */
  static final class UnknownOperation extends EcrError {
    UnknownOperation(String message) {
      super("UnknownOperationException", 404, message);
    }
  }

  /** The request is not who it says it is. */
  static final class NotAuthenticated extends EcrError {
    NotAuthenticated(Refused refused) {
      super(refused.reason().code(), refused.reason().status(), refused.message());
    }
  }

  /** The account calls this more often than it may (guide, "Registry authentication"). */
  static final class Throttled extends EcrError {
    Throttled() {
      super("ThrottlingException", 400, "Rate exceeded");
    }
  }

  /** The principal may not do this. */
  static final class AccessDenied extends EcrError {
    AccessDenied(String message) {
      super("AccessDeniedException", 400, message);
    }
  }

  /** The body is not JSON of the request's shape. */
  static final class Serialization extends EcrError {
    Serialization(String message) {
      super("SerializationException", 400, message);
    }
  }

  static final class RequestTooLarge extends EcrError {
    RequestTooLarge(int limit) {
      super(
          "RequestEntityTooLargeException",
          413,
          "The request body is larger than %d bytes.".formatted(limit));
    }
  }

  /** There is too much to do at once; clients try again by themselves. */
  static final class Throttling extends EcrError {
    Throttling() {
      super("ThrottlingException", 400, "Rate exceeded");
    }
  }

  /** A member of the request does not meet the model's constraint. */
  static final class InvalidParameter extends EcrError {

    private static final String CODE = "InvalidParameterException";

    InvalidParameter(String message) {
      super(CODE, 400, message);
    }

    /**
     * @param constraint in ECR's words: {@code must satisfy regular expression '...'}
     */
    InvalidParameter(String member, String constraint) {
      this(
          "Invalid parameter at '%s' failed to satisfy constraint: '%s'"
              .formatted(member, constraint));
    }
  }

  /** A text is not a policy. ECR's message does not say why; the member {@code reason} does. */
  static final class InvalidPolicy extends EcrError {

    private final String reason;

    /**
     * @param kind {@code repository} or {@code registry}
     */
    InvalidPolicy(String kind, PolicyException refusal) {
      super(
          "InvalidParameterException",
          400,
          "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid %s policy provided'"
              .formatted(kind));
      reason = refusal.getMessage();
    }

    @Override
    Map<String, Object> members() {
      return Map.of("reason", reason);
    }
  }

  /** The members of the request do not go together. */
  static final class Validation extends EcrError {
    Validation(String message) {
      super("ValidationException", 400, message);
    }
  }

  /** A resource tag that is not allowed. */
  static final class InvalidTag extends EcrError {
    InvalidTag(String message) {
      super("InvalidTagParameterException", 400, message);
    }
  }

  /** There is nothing to download. */
  static final class LayerNotFound extends EcrError {
    LayerNotFound(String account, RepositoryName name, Digest digest) {
      super(
          "LayersNotFoundException",
          400,
          "The layer with digest '%s' does not exist in the repository with name '%s' in the registry with id '%s'"
              .formatted(digest, name, account));
    }
  }

  /** What the registry refuses. */
  static final class OfRegistry extends EcrError {
    OfRegistry(String code, RegistryException refusal) {
      super(code, 400, refusal.getMessage());
    }

    /**
     * @param documented the model's sentence, for an error whose text in ECR is not known; what the
     *     registry says of the case at hand follows it
     */
    OfRegistry(String code, String documented, RegistryException refusal) {
      super(code, 400, documented + " " + refusal.getMessage());
    }
  }

  /** A key of KMS cannot be used, with KMS's own code. */
  static final class Kms extends EcrError {

    private final String error;

    Kms(RegistryException.KmsFailed refusal) {
      super("KmsException", 400, refusal.getMessage());
      this.error = refusal.error();
    }

    @Override
    Map<String, Object> members() {
      return Map.of("kmsError", error);
    }
  }

  /** A part that the upload cannot take, with where to go on. */
  static final class InvalidLayerPart extends EcrError {

    private final Map<String, Object> members = new LinkedHashMap<>();

    /** Of an upload that is still empty no byte is valid, so there is no last one to name. */
    InvalidLayerPart(
        Uploader uploader, String uploadId, RegistryException.InvalidLayerPart refusal) {
      super(
          "InvalidLayerPartException",
          400,
          "The layer part size is not valid, or the first byte specified is not consecutive to the"
              + " last byte of a previous layer part upload. "
              + refusal.getMessage());
      members.put("registryId", uploader.account());
      members.put("repositoryName", uploader.name().value());
      members.put("uploadId", uploadId);
      if (refusal.received() > 0) {
        members.put("lastValidByteReceived", refusal.received() - 1);
      }
    }

    @Override
    Map<String, Object> members() {
      return members;
    }
  }

  /** Our own fault, of which a client learns nothing more. */
  static final class Server extends EcrError {
    Server() {
      super("ServerException", 500, "These errors are usually caused by a server-side issue.");
    }
  }
}

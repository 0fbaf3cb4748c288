package dev.berth.lambda.oci;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.lambda.http.Headers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * An answer that refuses a request, with a code of the OCI distribution specification ("Error
 * Codes"). The specification ties no code to a status; where both are in one class here, the status
 * is the one that its endpoints ask for. No stack trace: these are answers, not faults.
 */
abstract sealed class OciError extends RuntimeException {

  private static final int LONGEST_QUOTE = 300;

  private final String code;
  private final int status;
  private final transient Map<String, Object> detail;
  private final transient Headers headers;

  private OciError(
      int status, String code, String message, Map<String, Object> detail, Headers headers) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.detail = Map.copyOf(detail);
    this.headers = headers;
  }

  private OciError(int status, String code, String message, Map<String, Object> detail) {
    this(status, code, message, detail, Headers.none());
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /** What the message is about, for programs: names to texts, numbers or lists of texts. */
  Map<String, Object> detail() {
    return detail;
  }

  /** Headers that belong to this answer beside those of every answer. */
  Headers headers() {
    return headers;
  }

  static final class BlobUnknown extends OciError {
    BlobUnknown(RepositoryName name, Digest digest) {
      super(
          404,
          "BLOB_UNKNOWN",
          "The repository with name '%s' has no layer with digest '%s'".formatted(name, digest),
          Map.of("name", name.value(), "digest", digest.toString()));
    }
  }

  static final class BlobUploadInvalid extends OciError {
    BlobUploadInvalid(String message) {
      super(400, "BLOB_UPLOAD_INVALID", message, Map.of());
    }

    /** A chunk out of order: the Range says where to go on. */
    BlobUploadInvalid(String message, long received) {
      super(
          416,
          "BLOB_UPLOAD_INVALID",
          message,
          Map.of("received", received),
          Headers.of("Range", UploadAnswer.range(received)));
    }
  }

  static final class BlobUploadUnknown extends OciError {
    BlobUploadUnknown(String message) {
      super(404, "BLOB_UPLOAD_UNKNOWN", message, Map.of());
    }
  }

  static final class DigestInvalid extends OciError {
    private DigestInvalid(String message, Map<String, Object> detail) {
      super(400, "DIGEST_INVALID", message, detail);
    }

    static DigestInvalid mismatch(String message) {
      return new DigestInvalid(message, Map.of());
    }

    /** Content whose digest is not the one that names it. */
    static DigestInvalid mismatch(Digest named, Digest actual) {
      return new DigestInvalid(
          "The content's digest is '%s' but the request names '%s'".formatted(actual, named),
          Map.of("digest", named.toString(), "actual", actual.toString()));
    }

    /** Text that is no digest. */
    static DigestInvalid malformed(String text) {
      return new DigestInvalid(
          "'%s' is not a digest: it has to be sha256: and 64, or sha512: and 128 hexadecimal digits in lower case"
              .formatted(quoted(text)),
          Map.of("digest", quoted(text)));
    }

    static DigestInvalid missing() {
      return new DigestInvalid("The query needs a digest", Map.of());
    }

    static DigestInvalid unknownAlgorithm(String text) {
      return new DigestInvalid(
          "The digest algorithm '%s' is not one of sha256 and sha512".formatted(quoted(text)),
          Map.of("digest-algorithm", quoted(text)));
    }
  }

  static final class ManifestBlobUnknown extends OciError {
    ManifestBlobUnknown(String message, Collection<Digest> missing) {
      super(404, "MANIFEST_BLOB_UNKNOWN", message, Map.of("digests", texts(missing)));
    }
  }

  static final class ManifestInvalid extends OciError {
    ManifestInvalid(String message) {
      super(400, "MANIFEST_INVALID", message, Map.of());
    }

    /**
     * @param limit in bytes
     */
    ManifestInvalid(int limit) {
      super(
          413,
          "MANIFEST_INVALID",
          "A manifest may have at most %d bytes".formatted(limit),
          Map.of("limit", limit));
    }
  }

  static final class ManifestUnknown extends OciError {
    ManifestUnknown(String detail) {
      super(404, "MANIFEST_UNKNOWN", "Requested image not found", Map.of("message", detail));
    }

    /** A reference that no manifest can have. */
    static ManifestUnknown malformed(RepositoryName name, String reference) {
      return new ManifestUnknown(
          "The repository with name '%s' has no image with reference '%s', which is neither a tag nor a digest"
              .formatted(name, quoted(reference)));
    }
  }

  static final class NameInvalid extends OciError {
    NameInvalid(String name) {
      super(
          400,
          "NAME_INVALID",
          "'%s' is not a repository name: it has to be 2 to 256 characters that match %s"
              .formatted(quoted(name), RepositoryName.PATTERN),
          Map.of("name", quoted(name)));
    }
  }

  static final class NameUnknown extends OciError {
    NameUnknown(String message) {
      super(404, "NAME_UNKNOWN", message, Map.of());
    }
  }

  static final class SizeInvalid extends OciError {
    SizeInvalid(String message) {
      super(400, "SIZE_INVALID", message, Map.of());
    }

    /**
     * A range that begins behind the end of a blob (RFC 9110, 15.5.17).
     *
     * @param size of the blob in bytes
     */
    SizeInvalid(String range, long size) {
      super(
          416,
          "SIZE_INVALID",
          "The range '%s' is outside of the %d bytes of the blob".formatted(quoted(range), size),
          Map.of("size", size),
          Headers.of("Content-Range", "bytes */" + size));
    }
  }

  /** A tag that is malformed or, as in ECR, one that is immutable. */
  static final class TagInvalid extends OciError {
    TagInvalid(String message) {
      super(400, "TAG_INVALID", message, Map.of());
    }

    static TagInvalid malformed(String text) {
      return new TagInvalid(
          "'%s' is not a tag: it has to be 1 to 128 letters, digits, '.', '_' or '-', not beginning with '.' or '-'"
              .formatted(quoted(text)));
    }
  }

  static final class Unauthorized extends OciError {
    /**
     * @param challenge the WWW-Authenticate header
     */
    Unauthorized(String message, String challenge) {
      super(401, "UNAUTHORIZED", message, Map.of(), Headers.of("WWW-Authenticate", challenge));
    }
  }

  static final class Denied extends OciError {
    Denied(String message) {
      super(403, "DENIED", message, Map.of());
    }
  }

  static final class Unsupported extends OciError {
    private Unsupported(int status, String message, Map<String, Object> detail, Headers headers) {
      super(status, "UNSUPPORTED", message, detail, headers);
    }

    Unsupported(String message) {
      this(400, message, Map.of(), Headers.none());
    }

    static Unsupported path(String path) {
      return new Unsupported(
          404,
          "The OCI distribution specification has no such path: '%s'".formatted(quoted(path)),
          Map.of(),
          Headers.none());
    }

    static Unsupported method(String method, List<String> allowed) {
      return new Unsupported(
          405,
          "'%s' is not allowed here, only %s".formatted(quoted(method), allowed),
          Map.of("allowed", allowed),
          Headers.of("Allow", String.join(", ", allowed)));
    }
  }

  static final class TooManyRequests extends OciError {
    /**
     * @param wait until the next request will be answered; told in whole seconds (RFC 9110, 10.2.3)
     */
    TooManyRequests(Duration wait) {
      super(
          429,
          "TOOMANYREQUESTS",
          "Rate exceeded",
          Map.of(),
          Headers.of("Retry-After", String.valueOf(wait.plusNanos(999_999_999).toSeconds())));
    }
  }

  /** Our own fault, of which the client learns no more than whom to ask about it. */
  static final class Unknown extends OciError {
    Unknown(String requestId) {
      super(
          500,
          "UNKNOWN",
          "The registry failed to answer this request",
          Map.of("requestId", requestId));
    }
  }

  private static List<String> texts(Collection<Digest> digests) {
    return digests.stream().map(Digest::toString).toList();
  }

  /** The client's own text as a message can carry it: short. JSON escapes the rest. */
  private static String quoted(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
  }
}

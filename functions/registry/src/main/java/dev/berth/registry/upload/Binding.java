package dev.berth.registry.upload;

import dev.berth.core.oci.Algorithm;
import dev.berth.registry.RegistryException.UploadNotFound;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.store.ObjectEncryption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What an upload is bound to from its beginning.
 *
 * @param repositoryId so that it does not outlive its repository
 * @param encryption of the repository
 * @param announced the algorithm of the digest that the commit will name, as far as the client said
 */
record Binding(
    String uploadId,
    Uploader uploader,
    String repositoryId,
    Encryption encryption,
    Instant expiresAt,
    Optional<Algorithm> announced) {

  static final Duration LIFETIME = Duration.ofHours(24);

  /** No request takes longer. */
  private static final Duration LONGEST_REQUEST = Duration.ofHours(12);

  private static final String OBJECTS = "layers/";

  static Binding begin(
      Uploader uploader, Repository repository, Optional<Algorithm> announced, Instant now) {
    return new Binding(
        UUID.randomUUID().toString(),
        uploader,
        repository.id(),
        repository.encryption(),
        Instant.ofEpochMilli(now.plus(LIFETIME).toEpochMilli()),
        announced);
  }

  Algorithm algorithm() {
    return announced.orElse(Algorithm.SHA256);
  }

  boolean isFor(Uploader other, Instant now) {
    return uploader.equals(other) && now.isBefore(expiresAt);
  }

  /** A key under which no object ever was; collection finds the upload by it. */
  String freshObjectKey() {
    return objectKeys() + UUID.randomUUID();
  }

  /** What the keys of the upload's objects begin with. */
  String objectKeys() {
    return OBJECTS + uploader.account() + "/" + uploadId + "/";
  }

  /** The id of the upload that wrote an object. */
  static Optional<String> uploadOf(String objectKey) {
    String[] segments = objectKey.split("/");
    return objectKey.startsWith(OBJECTS) && segments.length == 4
        ? Optional.of(segments[2])
        : Optional.empty();
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /**
   * Whether even a request that came in time cannot commit the upload any more. Collection counts
   * on it: it removes the objects of uploads that are over for longer, of which many have no record
   * that could be set to REAPED.
   */
  boolean isTooLateToCommit(Instant now) {
    return now.isAfter(expiresAt.plus(LONGEST_REQUEST));
  }

  /** How the upload's objects are written. */
  ObjectEncryption objectEncryption() {
    return encryption.ofObjects(uploader.account(), uploader.name());
  }

  UploadNotFound notFound() {
    return notFound(uploader, uploadId);
  }

  static UploadNotFound notFound(Uploader uploader, String uploadId) {
    return new UploadNotFound(uploader.account(), uploader.name(), uploadId);
  }
}

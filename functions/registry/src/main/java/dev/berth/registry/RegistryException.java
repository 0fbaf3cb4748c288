package dev.berth.registry;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request that the registry refuses for what it asks, in ECR's words. Each wire translates these
 * into its own errors, once, at its edge. They carry no stack trace: they are answers, not faults.
 */
public abstract sealed class RegistryException extends RuntimeException {

  private RegistryException(String message) {
    super(message, null, false, false);
  }

  public static final class RepositoryAlreadyExists extends RegistryException {
    public RepositoryAlreadyExists(String account, RepositoryName name) {
      super(
          "The repository with name '%s' already exists in the registry with id '%s'"
              .formatted(name, account));
    }
  }

  public static final class RepositoryNotFound extends RegistryException {
    public RepositoryNotFound(String account, RepositoryName name) {
      super(
          "The repository with name '%s' does not exist in the registry with id '%s'"
              .formatted(name, account));
    }
  }

  public static final class RepositoryNotEmpty extends RegistryException {
    public RepositoryNotEmpty(String account, RepositoryName name) {
      super(
          "The repository with name '%s' in registry with id '%s' cannot be deleted because it still contains images"
              .formatted(name, account));
    }
  }

  /** A repository would have more resource tags than one may have. */
  public static final class TooManyTags extends RegistryException {
    public TooManyTags(int most) {
      super(
          "The list of tags on the repository is over the limit. The maximum number of tags that"
              + " can be applied to a repository is %d.".formatted(most));
    }
  }

  public static final class ImageNotFound extends RegistryException {
    public ImageNotFound(
        String account, RepositoryName name, Optional<String> digest, Optional<String> tag) {
      super(
          "The image with imageId {imageDigest:'%s', imageTag:'%s'} does not exist within the repository with name '%s' in the registry with id '%s'"
              .formatted(digest.orElse("null"), tag.orElse("null"), name, account));
    }
  }

  /** The API's answer to a push that changes nothing; over the OCI wire it is a success. */
  public static final class ImageAlreadyExists extends RegistryException {
    public ImageAlreadyExists(
        String account, RepositoryName name, Digest digest, Optional<Tag> tag) {
      super(
          "Image with digest '%s' and tag '%s' already exists in the repository with name '%s' in registry with id '%s'"
              .formatted(digest, tag.map(Tag::value).orElse("null"), name, account));
    }
  }

  public static final class ImageTagAlreadyExists extends RegistryException {
    public ImageTagAlreadyExists(RepositoryName name, Tag tag) {
      super(
          "The image tag '%s' already exists in the '%s' repository and cannot be overwritten because the repository is immutable."
              .formatted(tag, name));
    }
  }

  public static final class ImageDigestDoesNotMatch extends RegistryException {
    public ImageDigestDoesNotMatch() {
      super(
          "The specified image digest does not match the digest that Amazon ECR calculated for the"
              + " image.");
    }
  }

  /** The manifest is not one that the registry takes. */
  public static final class InvalidManifest extends RegistryException {
    public InvalidManifest(String message) {
      super(message);
    }
  }

  /** An index is refused while one of its children is not there. */
  public static final class ReferencedImagesNotFound extends RegistryException {
    private final transient List<Digest> missing;

    public ReferencedImagesNotFound(
        String account, RepositoryName name, Collection<Digest> missing) {
      super(
          "Images with digests '%s' required for pushing image into repository with name '%s' in the registry with id '%s' do not exist"
              .formatted(list(missing), name, account));
      this.missing = List.copyOf(missing);
    }

    public List<Digest> missing() {
      return missing;
    }
  }

  /** Nobody has asked for a scan of this image. */
  public static final class ScanNotFound extends RegistryException {
    public ScanNotFound(
        String account, RepositoryName name, Optional<String> digest, Optional<String> tag) {
      super(
          "Image scan does not exist for the image with '{imageDigest:'%s', imageTag:'%s'}' in the repository with name '%s' in the registry with id '%s'"
              .formatted(digest.orElse("null"), tag.orElse("null"), name, account));
    }
  }

  /** What is no container image cannot be scanned. */
  public static final class UnsupportedImageType extends RegistryException {
    public UnsupportedImageType(String mediaType) {
      super(
          "An artifact with media type '%s' cannot be scanned. For more information, see the Amazon ECR documentation."
              .formatted(mediaType));
    }
  }

  /** A manifest is refused while a layer or config that it names is not there. */
  public static final class LayersNotFound extends RegistryException {
    private final transient List<Digest> missing;

    public LayersNotFound(String account, RepositoryName name, Collection<Digest> missing) {
      super(
          "Layers with digests '%s' required for pushing image into repository with name '%s' in the registry with id '%s' do not exist"
              .formatted(list(missing), name, account));
      this.missing = List.copyOf(missing);
    }

    public List<Digest> missing() {
      return missing;
    }
  }

  /** An image that an index names cannot be deleted before the index. */
  public static final class ImageReferencedByManifestList extends RegistryException {
    public ImageReferencedByManifestList(Collection<Digest> indexes) {
      super("Requested image referenced by manifest list: " + list(indexes));
    }
  }

  public static final class RepositoryPolicyNotFound extends RegistryException {
    public RepositoryPolicyNotFound(String account, RepositoryName name) {
      super(
          "Repository policy does not exist for the repository with name '%s' in the registry with id '%s'"
              .formatted(name, account));
    }
  }

  public static final class RegistryPolicyNotFound extends RegistryException {
    public RegistryPolicyNotFound(String account) {
      super("Registry policy does not exist in the registry with id '%s'".formatted(account));
    }
  }

  public static final class LifecyclePolicyNotFound extends RegistryException {
    public LifecyclePolicyNotFound(String account, RepositoryName name) {
      super(
          "Lifecycle policy does not exist for the repository with name '%s' in the registry with id '%s'"
              .formatted(name, account));
    }
  }

  public static final class LifecyclePolicyPreviewNotFound extends RegistryException {
    public LifecyclePolicyPreviewNotFound() {
      super("There is no dry run for this repository.");
    }
  }

  public static final class LifecyclePolicyPreviewInProgress extends RegistryException {
    public LifecyclePolicyPreviewInProgress() {
      super("The previous lifecycle policy preview request has not completed. Wait and try again.");
    }
  }

  /** A quota of the registry would be exceeded. */
  public static final class LimitExceeded extends RegistryException {
    public LimitExceeded(String message) {
      super(message);
    }
  }

  /** There is no such upload: never begun, over, expired, or begun by someone else. */
  public static final class UploadNotFound extends RegistryException {
    public UploadNotFound(String account, RepositoryName name, String uploadId) {
      super(
          "The upload with id '%s' could not be found in the repository with name '%s' in the registry with id '%s'"
              .formatted(uploadId, name, account));
    }
  }

  /** A chunk that does not begin where the upload stands, or has a size that is not allowed. */
  public static final class InvalidLayerPart extends RegistryException {
    private final long received;

    /**
     * @param received how many bytes of the upload are there, from its beginning
     */
    public InvalidLayerPart(String message, long received) {
      super(message);
      this.received = received;
    }

    public long received() {
      return received;
    }
  }

  public static final class LayerPartTooSmall extends RegistryException {
    /**
     * @param smallest in bytes
     */
    public LayerPartTooSmall(long smallest) {
      super("Layer parts must be at least %s in size.".formatted(size(smallest)));
    }

    private static String size(long bytes) {
      return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
    }
  }

  /** The bytes do not have the digest that the client named. */
  public static final class InvalidLayer extends RegistryException {
    public InvalidLayer(Digest named, Digest actual) {
      super("The layer's digest is '%s' but the request names '%s'".formatted(actual, named));
    }
  }

  /** The API's answer to the commit of a layer that is there; over the OCI wire it is a success. */
  public static final class LayerAlreadyExists extends RegistryException {
    public LayerAlreadyExists(String account, RepositoryName name, Digest digest) {
      super(
          "The layer with digest '%s' already exists in the repository with name '%s' in registry with id '%s'"
              .formatted(digest, name, account));
    }
  }

  public static final class EmptyUpload extends RegistryException {
    public EmptyUpload() {
      super("The specified layer upload does not contain any layer parts.");
    }
  }

  /** The body ended before the length that the client announced. What arrived may be kept. */
  public static final class BodyTruncated extends RegistryException {
    public BodyTruncated(String message) {
      super(message);
    }
  }

  /** A layer that is to come from another registry does not come from there as it has to. */
  public static final class LayerUnavailable extends RegistryException {
    /**
     * @param why in words that name no secret
     */
    public LayerUnavailable(Digest digest, String why) {
      super("The layer with digest '%s' cannot be fetched: %s".formatted(digest, why));
    }
  }

  /** KMS refuses the use of a key: it is disabled, gone, or not for this registry. */
  public static final class KmsFailed extends RegistryException {
    private final String error;

    /**
     * @param error KMS's own code, such as {@code DisabledException}
     * @param message KMS's own words, which name the key
     */
    public KmsFailed(String error, String message) {
      super("The operation failed due to a KMS exception: " + message);
      this.error = error;
    }

    /** A key that is there but not enabled, in KMS's words. */
    public static KmsFailed disabled(Object key) {
      return new KmsFailed("DisabledException", key + " is disabled.");
    }

    public String error() {
      return error;
    }
  }

  private static String list(Collection<Digest> digests) {
    return digests.stream().map(Digest::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}

package dev.berth.lambda.oci;

import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryException.BodyTruncated;
import dev.berth.registry.RegistryException.EmptyUpload;
import dev.berth.registry.RegistryException.ImageAlreadyExists;
import dev.berth.registry.RegistryException.ImageDigestDoesNotMatch;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.ImageReferencedByManifestList;
import dev.berth.registry.RegistryException.ImageTagAlreadyExists;
import dev.berth.registry.RegistryException.InvalidLayer;
import dev.berth.registry.RegistryException.InvalidLayerPart;
import dev.berth.registry.RegistryException.InvalidManifest;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.RegistryException.LayerAlreadyExists;
import dev.berth.registry.RegistryException.LayerPartTooSmall;
import dev.berth.registry.RegistryException.LayerUnavailable;
import dev.berth.registry.RegistryException.LayersNotFound;
import dev.berth.registry.RegistryException.LifecyclePolicyNotFound;
import dev.berth.registry.RegistryException.LifecyclePolicyPreviewInProgress;
import dev.berth.registry.RegistryException.LifecyclePolicyPreviewNotFound;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.RegistryException.ReferencedImagesNotFound;
import dev.berth.registry.RegistryException.RegistryPolicyNotFound;
import dev.berth.registry.RegistryException.RepositoryAlreadyExists;
import dev.berth.registry.RegistryException.RepositoryNotEmpty;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.RegistryException.RepositoryPolicyNotFound;
import dev.berth.registry.RegistryException.ScanNotFound;
import dev.berth.registry.RegistryException.TooManyTags;
import dev.berth.registry.RegistryException.UnsupportedImageType;
import dev.berth.registry.RegistryException.UploadNotFound;

/** Says the registry's refusals in this wire's words. */
final class RegistryErrors {

  private RegistryErrors() {}

  /**
   * @throws IllegalStateException for what no exchange of this wire can meet
   */
  static OciError translate(RegistryException refusal) {
    String message = refusal.getMessage();
    return switch (refusal) {
      case RepositoryNotFound any -> new OciError.NameUnknown(message);
      case ImageNotFound any -> new OciError.ManifestUnknown(message);
      case ImageTagAlreadyExists any -> new OciError.TagInvalid(message);
      case ImageDigestDoesNotMatch any -> OciError.DigestInvalid.mismatch(message);
      case InvalidManifest any -> new OciError.ManifestInvalid(message);
      case LayersNotFound layers -> new OciError.ManifestBlobUnknown(message, layers.missing());
      case ReferencedImagesNotFound images ->
          new OciError.ManifestBlobUnknown(message, images.missing());
      case ImageReferencedByManifestList any -> new OciError.Unsupported(message);
      // a quota does not go away by trying again, which is what 429 would tell a client to do
      case LimitExceeded any -> new OciError.Denied(message);
      case KmsFailed any -> new OciError.Denied(message);
      case UploadNotFound any -> new OciError.BlobUploadUnknown(message);
      case InvalidLayerPart part -> new OciError.BlobUploadInvalid(message, part.received());
      case LayerPartTooSmall any -> new OciError.BlobUploadInvalid(message);
      case EmptyUpload any -> new OciError.BlobUploadInvalid(message);
      case InvalidLayer any -> OciError.DigestInvalid.mismatch(message);
      case BodyTruncated any -> new OciError.SizeInvalid(message);
      case RepositoryAlreadyExists any -> throw unexpected(any);
      case RepositoryNotEmpty any -> throw unexpected(any);
      case ImageAlreadyExists any -> throw unexpected(any);
      case LayerAlreadyExists any -> throw unexpected(any);
      case RepositoryPolicyNotFound any -> throw unexpected(any);
      case RegistryPolicyNotFound any -> throw unexpected(any);
      case LifecyclePolicyNotFound any -> throw unexpected(any);
      case LifecyclePolicyPreviewNotFound any -> throw unexpected(any);
      case LifecyclePolicyPreviewInProgress any -> throw unexpected(any);
      case TooManyTags any -> throw unexpected(any);
      case ScanNotFound any -> throw unexpected(any);
      case UnsupportedImageType any -> throw unexpected(any);
      case LayerUnavailable any -> throw unexpected(any);
    };
  }

  private static IllegalStateException unexpected(RegistryException refusal) {
    return new IllegalStateException("the control plane alone asks for this", refusal);
  }
}

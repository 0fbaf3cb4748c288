package dev.berth.lambda.ecr;

import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import dev.berth.lambda.ecr.EcrError.OfRegistry;
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

/** The registry's refusals in this wire's errors, and the only place that knows both. */
final class RegistryErrors {

  private RegistryErrors() {}

  static EcrError translate(RegistryException refusal) {
    return switch (refusal) {
      case RepositoryAlreadyExists e -> new OfRegistry("RepositoryAlreadyExistsException", e);
      case RepositoryNotFound e -> new OfRegistry("RepositoryNotFoundException", e);
      case RepositoryNotEmpty e -> new OfRegistry("RepositoryNotEmptyException", e);
      case TooManyTags e -> new OfRegistry("TooManyTagsException", e);
      case ImageNotFound e -> new OfRegistry("ImageNotFoundException", e);
      case ImageAlreadyExists e -> new OfRegistry("ImageAlreadyExistsException", e);
      case ImageTagAlreadyExists e -> new OfRegistry("ImageTagAlreadyExistsException", e);
      case ImageDigestDoesNotMatch e -> new OfRegistry("ImageDigestDoesNotMatchException", e);
      case InvalidManifest e -> new InvalidParameter("imageManifest", e.getMessage());
      case ReferencedImagesNotFound e -> new OfRegistry("ReferencedImagesNotFoundException", e);
      case LayersNotFound e -> new OfRegistry("LayersNotFoundException", e);
      case ImageReferencedByManifestList e -> new InvalidParameter(e.getMessage());
      case RepositoryPolicyNotFound e -> new OfRegistry("RepositoryPolicyNotFoundException", e);
      case RegistryPolicyNotFound e -> new OfRegistry("RegistryPolicyNotFoundException", e);
      case ScanNotFound e -> new OfRegistry("ScanNotFoundException", e);
      case UnsupportedImageType e -> new OfRegistry("UnsupportedImageTypeException", e);
      case LifecyclePolicyNotFound e -> new OfRegistry("LifecyclePolicyNotFoundException", e);
      case LifecyclePolicyPreviewNotFound e ->
          new OfRegistry("LifecyclePolicyPreviewNotFoundException", e);
      case LifecyclePolicyPreviewInProgress e ->
          new OfRegistry("LifecyclePolicyPreviewInProgressException", e);
      case LimitExceeded e -> new OfRegistry("LimitExceededException", e);
      case UploadNotFound e ->
          new OfRegistry(
              "UploadNotFoundException",
              "The upload could not be found, or the specified upload ID is not valid for this"
                  + " repository.",
              e);
      case InvalidLayerPart e -> new OfRegistry("InvalidLayerPartException", e);
      case LayerPartTooSmall e -> new OfRegistry("LayerPartTooSmallException", e);
      case InvalidLayer e ->
          new OfRegistry(
              "InvalidLayerException",
              "The layer digest calculation performed by Amazon ECR upon receipt of the image layer"
                  + " does not match the digest specified.",
              e);
      case LayerAlreadyExists e -> new OfRegistry("LayerAlreadyExistsException", e);
      case LayerUnavailable e -> new OfRegistry("UnableToGetUpstreamLayerException", e);
      case EmptyUpload e -> new OfRegistry("EmptyUploadException", e);
      case KmsFailed e -> new EcrError.Kms(e);
      case BodyTruncated e -> new InvalidParameter(e.getMessage());
    };
  }
}

package dev.berth.lambda.ecr;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.lambda.ecr.ImageFailure.Code;
import dev.berth.lambda.ecr.ImageResolver.Resolution;
import dev.berth.lambda.ecr.ImageResolver.Resolved;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.ImageReferencedByManifestList;
import dev.berth.registry.image.ImageDeletion;
import dev.berth.registry.image.TagDeletion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes images: by digest with all their tags, by tag that tag, and the image with its last one.
 */
final class BatchDeleteImage
    implements RepositoryOperation<BatchDeleteImage.Request, BatchDeleteImage.Response> {

  record Request(Optional<String> registryId, String repositoryName, List<ImageIdentifier> imageIds)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      imageIds = ImageIdentifier.checked(imageIds);
    }
  }

  /**
   * @param imageIds every name that was removed
   */
  record Response(List<ImageIdentifier> imageIds, List<ImageFailure> failures) {}

  private final ImageResolver resolver;
  private final ImageDeletion images;
  private final TagDeletion tags;

  BatchDeleteImage(ImageResolver resolver, ImageDeletion images, TagDeletion tags) {
    this.resolver = resolver;
    this.images = images;
    this.tags = tags;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    Resolution resolution = resolver.resolve(account, request.name(), request.imageIds());
    var response = new Response(new ArrayList<>(), new ArrayList<>(resolution.failures()));
    for (Resolved image : resolution.images()) {
      try {
        response.imageIds().addAll(delete(account, request.name(), image));
      } catch (ImageNotFound e) {
        response.failures().add(new ImageFailure(image.id(), Code.ImageNotFound));
      } catch (ImageReferencedByManifestList e) {
        response
            .failures()
            .add(new ImageFailure(image.id(), Code.ImageReferencedByManifestList, e.getMessage()));
      }
    }
    return response;
  }

  private List<ImageIdentifier> delete(String account, RepositoryName name, Resolved image) {
    if (image.tag().isPresent()) {
      return List.of(
          ImageIdentifier.of(tags.deleteByTag(account, name, image.tag().get()), image.tag()));
    }
    List<Tag> removed = images.delete(account, name, image.digest());
    return removed.isEmpty()
        ? List.of(ImageIdentifier.of(image.digest(), Optional.empty()))
        : removed.stream()
            .map(tag -> ImageIdentifier.of(image.digest(), Optional.of(tag)))
            .toList();
  }
}

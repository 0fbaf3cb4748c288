package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.lambda.ecr.ImageFailure.Code;
import dev.berth.lambda.ecr.ImageResolver.Resolution;
import dev.berth.lambda.ecr.ImageResolver.Resolved;
import dev.berth.registry.image.Conversions;
import dev.berth.registry.image.ImageReader;
import dev.berth.registry.image.ImageReader.Pulled;
import dev.berth.registry.image.StoredManifest;
import dev.berth.registry.outbox.Change;
import dev.berth.registry.outbox.PullEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The manifests of several images. */
final class BatchGetImage
    implements RepositoryOperation<BatchGetImage.Request, BatchGetImage.Response> {

  /**
   * @param acceptedMediaTypes in which an image that is named by its tag alone comes, if it can be
   *     had in one of them; any where none is named
   */
  record Request(
      Optional<String> registryId,
      String repositoryName,
      List<ImageIdentifier> imageIds,
      List<String> acceptedMediaTypes)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      imageIds = ImageIdentifier.checked(imageIds);
      acceptedMediaTypes =
          Constraints.optionalList("acceptedMediaTypes", acceptedMediaTypes, 1, 100);
    }
  }

  record Response(List<ImageDocument> images, List<ImageFailure> failures) {}

  private final ImageResolver resolver;
  private final ImageReader images;
  private final Conversions conversions;
  private final PullEvents pullEvents;

  BatchGetImage(
      ImageResolver resolver, ImageReader images, Conversions conversions, PullEvents pullEvents) {
    this.resolver = resolver;
    this.images = images;
    this.conversions = conversions;
    this.pullEvents = pullEvents;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    Resolution resolution = resolver.resolve(account, request.name(), request.imageIds());
    List<Digest> digests = resolution.images().stream().map(Resolved::digest).toList();
    Pulled pulled = images.pull(account, request.name(), digests);
    var response = new Response(new ArrayList<>(), new ArrayList<>(resolution.failures()));
    long bytes = 0;
    for (Resolved image : resolution.images()) {
      Optional<StoredManifest> manifest =
          Optional.ofNullable(pulled.manifests().get(image.digest()))
              .map(stored -> understood(account, request, image, stored));
      bytes += manifest.map(found -> found.bytes().length).orElse(0);
      ImageReader.requireFitting(bytes);
      manifest.ifPresentOrElse(
          found -> response.images().add(document(account, request, image, found)),
          () -> response.failures().add(failure(image, pulled)));
    }
    pullEvents.tell(account, request.name(), pulls(resolution, pulled, caller));
    return response;
  }

  private static List<Change.Pulled> pulls(Resolution resolution, Pulled pulled, Caller caller) {
    return resolution.images().stream()
        .filter(image -> pulled.manifests().containsKey(image.digest()))
        .map(image -> new Change.Pulled(image.digest(), image.tag(), caller.principal().arn()))
        .toList();
  }

  private static ImageFailure failure(Resolved image, Pulled pulled) {
    return Optional.ofNullable(pulled.refused().get(image.digest()))
        .map(refused -> new ImageFailure(image.id(), Code.KmsError, refused.getMessage()))
        .orElseGet(() -> new ImageFailure(image.id(), Code.ImageNotFound));
  }

  /** By digest no manifest is converted, with a tag beside the digest neither. */
  private StoredManifest understood(
      String account, Request request, Resolved image, StoredManifest stored) {
    List<String> accepted = request.acceptedMediaTypes();
    if (accepted.isEmpty() || image.id().imageDigest().isPresent()) {
      return stored;
    }
    return conversions.understood(
        account, request.name(), image.tag().orElseThrow(), stored, accepted::contains);
  }

  /** The identifier is that of the image in the repository, whatever is made of its manifest. */
  private static ImageDocument document(
      String account, Request request, Resolved image, StoredManifest manifest) {
    return new ImageDocument(
        account,
        request.repositoryName(),
        ImageIdentifier.of(image.digest(), image.tag()),
        new String(manifest.bytes(), StandardCharsets.UTF_8),
        manifest.mediaType());
  }
}

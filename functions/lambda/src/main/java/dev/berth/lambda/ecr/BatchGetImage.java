package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.lambda.ecr.ImageFailure.Code;
import dev.berth.lambda.ecr.ImageResolver.Resolution;
import dev.berth.lambda.ecr.ImageResolver.Resolved;
import dev.berth.registry.image.ImageReader;
import dev.berth.registry.image.ImageReader.Pulled;
import dev.berth.registry.image.StoredManifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The manifests of several images. */
final class BatchGetImage
    implements RepositoryOperation<BatchGetImage.Request, BatchGetImage.Response> {

  /**
   * @param acceptedMediaTypes manifests come as they are stored, whichever are named
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

  BatchGetImage(ImageResolver resolver, ImageReader images) {
    this.resolver = resolver;
    this.images = images;
  }

  @Override
  public String name() {
    return "BatchGetImage";
  }

  @Override
  public Class<Request> requestType() {
    return Request.class;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    Resolution resolution = resolver.resolve(account, request.name(), request.imageIds());
    List<Digest> digests = resolution.images().stream().map(Resolved::digest).toList();
    Pulled pulled = images.pull(account, request.name(), digests);
    var response = new Response(new ArrayList<>(), new ArrayList<>(resolution.failures()));
    for (Resolved image : resolution.images()) {
      Optional.ofNullable(pulled.manifests().get(image.digest()))
          .ifPresentOrElse(
              manifest -> response.images().add(document(account, request, image, manifest)),
              () -> response.failures().add(failure(image, pulled)));
    }
    return response;
  }

  private static ImageFailure failure(Resolved image, Pulled pulled) {
    return Optional.ofNullable(pulled.refused().get(image.digest()))
        .map(refused -> new ImageFailure(image.id(), Code.KmsError, refused.getMessage()))
        .orElseGet(() -> new ImageFailure(image.id(), Code.ImageNotFound));
  }

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

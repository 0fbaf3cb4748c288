package dev.berth.lambda.ecr;

import dev.berth.core.oci.ManifestReader;
import dev.berth.registry.RegistryException.ImageAlreadyExists;
import dev.berth.registry.image.ImagePush;
import dev.berth.registry.image.ImagePush.Push;
import dev.berth.registry.image.ImagePush.Pushed;
import java.util.Optional;

/** Makes an image of a manifest whose layers are there, or gives an image another tag. */
final class PutImage implements RepositoryOperation<PutImage.Request, PutImage.Response> {

  /**
   * @param imageManifest as {@link PushedManifest#read} takes it, with the rest
   */
  record Request(
      Optional<String> registryId,
      String repositoryName,
      String imageManifest,
      Optional<String> imageManifestMediaType,
      Optional<String> imageTag,
      Optional<String> imageDigest)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      Constraints.length("imageManifest", imageManifest, 1, ManifestReader.MAX_BYTES);
      imageTag.ifPresent(tag -> Constraints.imageTag("imageTag", tag));
      imageDigest.ifPresent(digest -> Constraints.digest("imageDigest", digest));
    }
  }

  record Response(ImageDocument image) {}

  private final ImagePush images;

  PutImage(ImagePush images) {
    this.images = images;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    Push push = push(request);
    Pushed pushed = images.push(account, request.name(), push);
    if (!pushed.changed()) {
      throw new ImageAlreadyExists(account, request.name(), pushed.digest(), push.tag());
    }
    return new Response(
        new ImageDocument(
            account,
            request.repositoryName(),
            ImageIdentifier.of(pushed.digest(), push.tag()),
            request.imageManifest(),
            push.manifest().mediaType()));
  }

  private static Push push(Request request) {
    return PushedManifest.read(
        request.imageManifest(),
        request.imageManifestMediaType(),
        request.imageDigest(),
        request.imageTag());
  }
}

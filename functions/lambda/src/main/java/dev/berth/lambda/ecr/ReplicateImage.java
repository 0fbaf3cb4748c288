package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.registry.RegistryException.RepositoryAlreadyExists;
import dev.berth.registry.image.ImagePush.Push;
import dev.berth.registry.image.IncomingImages;
import dev.berth.registry.image.IncomingImages.Replicated;
import dev.berth.registry.repository.Repositories;
import java.util.List;
import java.util.Optional;

/**
 * Takes in an image that another registry replicates, or says what has to come before it. Makes the
 * repository where there is none, with the settings that one has by default.
 */
final class ReplicateImage
    implements ReplicationOperation<ReplicateImage.Request, ReplicateImage.Response> {

  /**
   * @param imageManifest as {@link PushedManifest#read} takes it, with the rest
   */
  record Request(
      Optional<String> registryId,
      String repositoryName,
      String sourceRegion,
      String imageDigest,
      String imageManifest,
      Optional<String> imageManifestMediaType,
      Optional<String> imageTag)
      implements ReplicationOperation.Request {
    Request {
      ReplicationOperation.Request.check(registryId, repositoryName, sourceRegion);
      Constraints.digest("imageDigest", imageDigest);
      Constraints.length("imageManifest", imageManifest, 1, ManifestReader.MAX_BYTES);
      imageTag.ifPresent(tag -> Constraints.imageTag("imageTag", tag));
    }
  }

  /**
   * @param complete whether the image is there; else what is missing has to come first
   */
  record Response(ImageIdentifier imageId, Missing missing, boolean complete) {}

  /**
   * @param layers digests, of the config too
   * @param images digests of an index's children
   */
  record Missing(List<String> layers, List<String> images) {}

  private final IncomingImages images;
  private final Repositories repositories;
  private final Operations.Entry<CreateRepository.Request, CreateRepository.Response> creation;

  ReplicateImage(IncomingImages images, Repositories repositories, CreateRepository creation) {
    this.images = images;
    this.repositories = repositories;
    this.creation = new Operations.Entry<>(CreateRepository.Request.class, creation);
  }

  @Override
  public List<PriorCall<?, ?>> before(Request request, Caller caller) {
    source(request, caller);
    return repositories.find(account(request, caller), List.of(request.name())).isEmpty()
        ? List.of(new PriorCall<>(creation, repository(request), RepositoryAlreadyExists.class))
        : List.of();
  }

  private static CreateRepository.Request repository(Request request) {
    return new CreateRepository.Request(
        request.registryId(),
        request.repositoryName(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public Response run(Request request, Caller caller) {
    Source source = source(request, caller);
    Push push =
        PushedManifest.read(
            request.imageManifest(),
            request.imageManifestMediaType(),
            Optional.of(request.imageDigest()),
            request.imageTag());
    Replicated replicated =
        images.replicate(account(request, caller), request.name(), push, source);
    return new Response(
        ImageIdentifier.of(replicated.digest(), replicated.tag()),
        new Missing(texts(replicated.missingLayers()), texts(replicated.missingImages())),
        replicated.complete());
  }

  private static List<String> texts(List<Digest> digests) {
    return digests.stream().map(Digest::toString).toList();
  }
}

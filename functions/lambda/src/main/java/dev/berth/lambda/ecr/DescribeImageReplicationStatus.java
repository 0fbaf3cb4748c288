package dev.berth.lambda.ecr;

import dev.berth.lambda.ecr.ImageResolver.Resolved;
import dev.berth.registry.image.ImageListing;
import java.util.List;
import java.util.Optional;

/**
 * To where an image has been replicated. Only a replication that was begun has a status, and none
 * is begun yet, so there are none: an image that was pushed before a rule was made for it has none
 * either (guide, "Private image replication").
 */
final class DescribeImageReplicationStatus
    implements RepositoryOperation<
        DescribeImageReplicationStatus.Request, DescribeImageReplicationStatus.Response> {

  record Request(Optional<String> registryId, String repositoryName, ImageIdentifier imageId)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      Constraints.required("imageId", imageId);
    }
  }

  record Response(
      String repositoryName,
      ImageIdentifier imageId,
      List<ImageReplicationStatus> replicationStatuses) {}

  /**
   * One destination's.
   *
   * @param registryId the destination's
   */
  record ImageReplicationStatus(
      String region, String registryId, Status status, Optional<String> failureCode) {}

  /** ECR's ReplicationStatus. */
  enum Status {
    IN_PROGRESS,
    COMPLETE,
    FAILED
  }

  private final ImageResolver resolver;
  private final ImageListing listing;

  DescribeImageReplicationStatus(ImageResolver resolver, ImageListing listing) {
    this.resolver = resolver;
    this.listing = listing;
  }

  @Override
  public Response run(Request request, Caller caller) {
    Resolved image = image(account(request, caller), request);
    return new Response(
        request.repositoryName(), ImageIdentifier.of(image.digest(), image.tag()), List.of());
  }

  private Resolved image(String account, Request request) {
    Resolved image = resolver.require(account, request.name(), request.imageId());
    if (listing.find(account, request.name(), List.of(image.digest())).isEmpty()) {
      throw ImageResolver.notFound(account, request.name(), image.id());
    }
    return image;
  }
}

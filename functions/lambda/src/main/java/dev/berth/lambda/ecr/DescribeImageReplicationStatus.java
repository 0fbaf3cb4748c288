package dev.berth.lambda.ecr;

import dev.berth.core.oci.Tag;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.lambda.ecr.ImageResolver.Resolved;
import dev.berth.registry.image.ImageListing;
import dev.berth.registry.image.Replication;
import dev.berth.registry.image.Replication.Failure;
import dev.berth.registry.image.Replication.Status;
import dev.berth.registry.image.ReplicationRecords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * To where an image has been replicated, by region and account. Only a replication that was begun
 * has a status: an image that was pushed before a rule was made for it has none (guide, "Private
 * image replication").
 *
 * <p>Each tag that is pushed is replicated on its own. Of an image that is named by a tag, the
 * tag's replication is told, if there was one; else, of all its replications to a destination, one
 * that goes on, or the one that ended last.
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

  private final ImageResolver resolver;
  private final ImageListing listing;
  private final ReplicationRecords replications;

  DescribeImageReplicationStatus(
      ImageResolver resolver, ImageListing listing, ReplicationRecords replications) {
    this.resolver = resolver;
    this.listing = listing;
    this.replications = replications;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    Resolved image = image(account, request);
    List<Replication> all = replications.find(account, request.name(), image.digest());
    return new Response(
        request.repositoryName(),
        ImageIdentifier.of(image.digest(), image.tag()),
        statuses(ofTag(all, image.tag())));
  }

  private static List<Replication> ofTag(List<Replication> all, Optional<Tag> tag) {
    List<Replication> its =
        all.stream().filter(it -> tag.isPresent() && it.id().tag().equals(tag)).toList();
    return its.isEmpty() ? all : its;
  }

  private static List<ImageReplicationStatus> statuses(List<Replication> replications) {
    Map<Destination, Replication> telling = new LinkedHashMap<>();
    replications.forEach(
        it -> telling.merge(it.id().destination(), it, DescribeImageReplicationStatus::telling));
    return telling.values().stream().map(DescribeImageReplicationStatus::status).toList();
  }

  private static Replication telling(Replication one, Replication other) {
    if (one.isInProgress() != other.isInProgress()) {
      return one.isInProgress() ? one : other;
    }
    return other.at().isBefore(one.at()) ? one : other;
  }

  private static ImageReplicationStatus status(Replication replication) {
    Destination destination = replication.id().destination();
    return new ImageReplicationStatus(
        destination.region(),
        destination.registryId(),
        replication.status(),
        replication.failure().map(Failure::code));
  }

  private Resolved image(String account, Request request) {
    Resolved image = resolver.require(account, request.name(), request.imageId());
    if (listing.find(account, request.name(), List.of(image.digest())).isEmpty()) {
      throw ImageResolver.notFound(account, request.name(), image.id());
    }
    return image;
  }
}

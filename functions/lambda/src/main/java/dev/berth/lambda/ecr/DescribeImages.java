package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.lambda.ecr.ImageResolver.Resolution;
import dev.berth.lambda.ecr.ImageResolver.Resolved;
import dev.berth.registry.image.ImageListing;
import dev.berth.registry.image.TagStatus;
import dev.berth.registry.image.TaggedImage;
import dev.berth.registry.store.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of the images in a repository. */
final class DescribeImages
    implements RepositoryOperation<DescribeImages.Request, DescribeImages.Response> {

  /**
   * @param imageIds some images, of which the filter takes its choice; empty for all, page by page
   */
  record Request(
      Optional<String> registryId,
      String repositoryName,
      List<ImageIdentifier> imageIds,
      Optional<String> nextToken,
      Optional<Integer> maxResults,
      Optional<ImageFilter> filter)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      imageIds = Constraints.optionalList("imageIds", imageIds, 1, ImageIdentifier.MOST);
      MaxResults.check(maxResults);
      if (!imageIds.isEmpty()) {
        MaxResults.refuseWith("imageIds", nextToken, maxResults);
      }
    }
  }

  record Response(List<ImageDetail> imageDetails, Optional<String> nextToken) {}

  private final ImageResolver resolver;
  private final ImageListing listing;
  private final PageTokens pageTokens;

  DescribeImages(ImageResolver resolver, ImageListing listing, PageTokens pageTokens) {
    this.resolver = resolver;
    this.listing = listing;
    this.pageTokens = pageTokens;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    return request.imageIds().isEmpty() ? page(account, request) : these(account, request);
  }

  private Response page(String account, Request request) {
    TagStatus status = ImageFilter.tagStatus(request.filter());
    String what = String.join(" ", name(), account, request.repositoryName(), status.name());
    Page<TaggedImage> page =
        listing.images(
            account,
            request.name(),
            status,
            pageTokens.open(what, request.nextToken()),
            MaxResults.orDefault(request.maxResults()));
    return new Response(
        details(account, request, page.entries()), pageTokens.seal(what, page.next()));
  }

  private Response these(String account, Request request) {
    Resolution resolution = resolver.resolve(account, request.name(), request.imageIds());
    ImageResolver.requireAll(account, request.name(), resolution);
    List<Digest> digests = resolution.images().stream().map(Resolved::digest).distinct().toList();
    Map<Digest, TaggedImage> found = listing.find(account, request.name(), digests);
    for (Resolved image : resolution.images()) {
      if (!found.containsKey(image.digest())) {
        throw ImageResolver.notFound(account, request.name(), image.id());
      }
    }
    TagStatus status = ImageFilter.tagStatus(request.filter());
    List<TaggedImage> images = digests.stream().map(found::get).filter(status::includes).toList();
    return new Response(details(account, request, images), Optional.empty());
  }

  private static List<ImageDetail> details(
      String account, Request request, List<TaggedImage> images) {
    return images.stream()
        .map(image -> ImageDetail.of(account, request.repositoryName(), image))
        .toList();
  }
}

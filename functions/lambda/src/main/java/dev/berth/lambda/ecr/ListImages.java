package dev.berth.lambda.ecr;

import dev.berth.registry.image.ImageId;
import dev.berth.registry.image.ImageListing;
import dev.berth.registry.image.TagStatus;
import dev.berth.registry.store.Page;
import java.util.List;
import java.util.Optional;

/** The names of the images in a repository. */
final class ListImages implements RepositoryOperation<ListImages.Request, ListImages.Response> {

  record Request(
      Optional<String> registryId,
      String repositoryName,
      Optional<String> nextToken,
      Optional<Integer> maxResults,
      Optional<ImageFilter> filter)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      MaxResults.check(maxResults);
    }
  }

  record Response(List<ImageIdentifier> imageIds, Optional<String> nextToken) {}

  private final ImageListing listing;
  private final PageTokens pageTokens;

  ListImages(ImageListing listing, PageTokens pageTokens) {
    this.listing = listing;
    this.pageTokens = pageTokens;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    TagStatus status = ImageFilter.tagStatus(request.filter());
    String what = String.join(" ", name(), account, request.repositoryName(), status.name());
    Page<ImageId> page =
        listing.ids(
            account,
            request.name(),
            status,
            pageTokens.open(what, request.nextToken()),
            MaxResults.orDefault(request.maxResults()));
    return new Response(
        page.entries().stream().map(id -> ImageIdentifier.of(id.digest(), id.tag())).toList(),
        pageTokens.seal(what, page.next()));
  }
}

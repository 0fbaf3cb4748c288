package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import dev.berth.lambda.ecr.ImageFailure.Code;
import dev.berth.registry.image.TagStatus;
import dev.berth.registry.lifecycle.ExpiringImage;
import dev.berth.registry.lifecycle.Preview;
import dev.berth.registry.lifecycle.Preview.Status;
import dev.berth.registry.lifecycle.Previews;
import dev.berth.registry.lifecycle.Previews.View;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What has become of the preview that was started last, and which images would expire. */
final class GetLifecyclePolicyPreview
    implements RepositoryOperation<
        GetLifecyclePolicyPreview.Request, GetLifecyclePolicyPreview.Response> {

  private static final int MOST_RESULTS = 100;

  /**
   * @param imageIds of the results, those of these images, whole; empty for all, page by page
   */
  record Request(
      Optional<String> registryId,
      String repositoryName,
      List<ImageIdentifier> imageIds,
      Optional<String> nextToken,
      Optional<Integer> maxResults,
      Optional<Filter> filter)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      imageIds = Constraints.optionalList("imageIds", imageIds, 1, ImageIdentifier.MOST);
      MaxResults.check(maxResults, MOST_RESULTS);
      if (!imageIds.isEmpty()) {
        MaxResults.refuseWith("imageIds", nextToken, maxResults);
      }
    }

    TagStatus tagStatus() {
      return filter.flatMap(Filter::tagStatus).map(TagStatus::valueOf).orElse(TagStatus.ANY);
    }
  }

  /** ECR's LifecyclePolicyPreviewFilter. */
  record Filter(Optional<String> tagStatus) {
    Filter {
      tagStatus.ifPresent(status -> Constraints.oneOf("filter.tagStatus", status, TagStatus.class));
    }
  }

  /**
   * @param summary of all results, whatever is asked for; absent unless the preview is complete
   */
  record Response(
      String registryId,
      String repositoryName,
      String lifecyclePolicyText,
      Status status,
      Optional<String> nextToken,
      List<LifecyclePreviewResult> previewResults,
      Optional<Summary> summary) {}

  /** ECR's LifecyclePolicyPreviewSummary. */
  record Summary(int expiringImageTotalCount) {}

  private final Previews previews;
  private final PageTokens pageTokens;

  GetLifecyclePolicyPreview(Previews previews, PageTokens pageTokens) {
    this.previews = previews;
    this.pageTokens = pageTokens;
  }

  /** An identifier that can name no image is a mistake, one that names none of the results not. */
  private static void check(ImageIdentifier id) {
    if (id.imageDigest().isEmpty() && id.imageTag().isEmpty()) {
      throw refusal(id, Code.MissingDigestAndTag);
    }
    if (id.imageDigest().stream().anyMatch(digest -> Digest.parse(digest).isEmpty())) {
      throw refusal(id, Code.InvalidImageDigest);
    }
    if (id.imageTag().stream().anyMatch(tag -> Tag.parse(tag).isEmpty())) {
      throw refusal(id, Code.InvalidImageTag);
    }
  }

  private static InvalidParameter refusal(ImageIdentifier id, Code code) {
    return new InvalidParameter(new ImageFailure(id, code).failureReason());
  }

  @Override
  public Response run(Request request, Caller caller) {
    request.imageIds().forEach(GetLifecyclePolicyPreview::check);
    String account = account(request, caller);
    while (true) {
      Preview preview = previews.require(account, request.name());
      String what =
          String.join(
              " ",
              name(),
              account,
              request.repositoryName(),
              preview.run(),
              request.tagStatus().name());
      Optional<View> view =
          previews.view(
              preview,
              wanted(request),
              pageTokens.open(what, request.nextToken()),
              request.maxResults().orElse(MOST_RESULTS));
      if (view.isPresent()) {
        return response(account, request, view.get(), what);
      }
      // another preview has taken its place since it was read: look again
    }
  }

  private static Predicate<ExpiringImage> wanted(Request request) {
    TagStatus status = request.tagStatus();
    List<ImageIdentifier> ids = request.imageIds();
    return image ->
        status.includes(image.tags())
            && (ids.isEmpty() || ids.stream().anyMatch(id -> names(id, image)));
  }

  private static boolean names(ImageIdentifier id, ExpiringImage image) {
    return id.imageDigest().stream().allMatch(image.digest().toString()::equals)
        && id.imageTag().stream().map(Tag::new).allMatch(image.tags()::contains);
  }

  private Response response(String account, Request request, View view, String what) {
    Preview preview = view.preview();
    return new Response(
        account,
        request.repositoryName(),
        preview.policyText(),
        view.status(),
        pageTokens.seal(what, view.page().next()),
        view.page().entries().stream().map(LifecyclePreviewResult::of).toList(),
        Optional.of(new Summary(preview.expiring())).filter(_ -> view.status() == Status.COMPLETE));
  }
}

package dev.berth.lambda.ecr;

import dev.berth.registry.repository.ResourceTags;
import java.util.List;

/** The tags of a repository, by key. */
final class ListTagsForResource
    implements ResourceOperation<ListTagsForResource.Request, ListTagsForResource.Response> {

  record Request(String resourceArn) implements ResourceOperation.Request {
    Request {
      RepositoryArn.parse("resourceArn", resourceArn);
    }
  }

  record Response(List<ResourceTag> tags) {}

  private final ResourceTags resourceTags;

  ListTagsForResource(ResourceTags resourceTags) {
    this.resourceTags = resourceTags;
  }

  @Override
  public Response run(Request request, Caller caller) {
    RepositoryArn arn = request.arn();
    return new Response(
        resourceTags.list(arn.account(), arn.name()).entrySet().stream()
            .map(tag -> new ResourceTag(tag.getKey(), tag.getValue()))
            .toList());
  }
}

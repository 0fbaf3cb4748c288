package dev.berth.lambda.ecr;

import dev.berth.registry.repository.ResourceTags;
import java.util.List;

/** Gives a repository tags, or tags other values. */
final class TagResource implements ResourceOperation<TagResource.Request, TagResource.Response> {

  record Request(String resourceArn, List<ResourceTag> tags) implements ResourceOperation.Request {
    Request {
      RepositoryArn.parse("resourceArn", resourceArn);
      tags = Constraints.list("tags", tags, 0, Integer.MAX_VALUE);
    }
  }

  record Response() {}

  private final ResourceTags resourceTags;

  TagResource(ResourceTags resourceTags) {
    this.resourceTags = resourceTags;
  }

  @Override
  public List<Permission> permissions(Request request, Caller caller) {
    return List.of(
        new Permission(action(), resource(request, caller), RequestTags.added(request.tags())));
  }

  @Override
  public Response run(Request request, Caller caller) {
    RepositoryArn arn = request.arn();
    resourceTags.add(arn.account(), arn.name(), ResourceTag.checked(request.tags()));
    return new Response();
  }
}

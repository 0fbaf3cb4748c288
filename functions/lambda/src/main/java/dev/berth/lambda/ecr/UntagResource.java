package dev.berth.lambda.ecr;

import dev.berth.registry.repository.ResourceTags;
import java.util.List;

/** Takes tags from a repository. */
final class UntagResource
    implements ResourceOperation<UntagResource.Request, UntagResource.Response> {

  record Request(String resourceArn, List<String> tagKeys) implements ResourceOperation.Request {
    Request {
      RepositoryArn.parse("resourceArn", resourceArn);
      tagKeys = Constraints.list("tagKeys", tagKeys, 0, Integer.MAX_VALUE);
    }
  }

  record Response() {}

  private final ResourceTags resourceTags;

  UntagResource(ResourceTags resourceTags) {
    this.resourceTags = resourceTags;
  }

  @Override
  public List<Permission> permissions(Request request, Caller caller) {
    return List.of(
        new Permission(
            action(), resource(request, caller), RequestTags.removed(request.tagKeys())));
  }

  @Override
  public Response run(Request request, Caller caller) {
    RepositoryArn arn = request.arn();
    resourceTags.remove(arn.account(), arn.name(), ResourceTag.checkedKeys(request.tagKeys()));
    return new Response();
  }
}

package dev.berth.lambda.ecr;

import dev.berth.registry.repository.Repositories;
import dev.berth.registry.repository.Repository.TagMutability;
import java.util.Optional;

/** Sets whether the tags of a repository can be moved (guide, "Image tag mutability"). */
final class PutImageTagMutability
    implements RepositoryOperation<PutImageTagMutability.Request, PutImageTagMutability.Response> {

  record Request(Optional<String> registryId, String repositoryName, String imageTagMutability)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      Constraints.oneOf("imageTagMutability", imageTagMutability, TagMutability.class);
    }

    TagMutability mutability() {
      return TagMutability.valueOf(imageTagMutability);
    }
  }

  record Response(String registryId, String repositoryName, TagMutability imageTagMutability) {}

  private final Repositories repositories;

  PutImageTagMutability(Repositories repositories) {
    this.repositories = repositories;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    repositories.setTagMutability(account, request.name(), request.mutability());
    return new Response(account, request.repositoryName(), request.mutability());
  }
}

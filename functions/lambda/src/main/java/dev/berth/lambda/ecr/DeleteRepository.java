package dev.berth.lambda.ecr;

import dev.berth.registry.repository.Repositories;
import dev.berth.registry.repository.Repository;
import java.util.Optional;

/** Deletes a repository; one that holds images only by force. */
final class DeleteRepository
    implements RepositoryOperation<DeleteRepository.Request, DeleteRepository.Response> {

  record Request(Optional<String> registryId, String repositoryName, Optional<Boolean> force)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
    }
  }

  /** The repository as it was. */
  record Response(RepositoryDocument repository) {}

  private final Repositories repositories;
  private final RegistryHosts hosts;

  DeleteRepository(Repositories repositories, RegistryHosts hosts) {
    this.repositories = repositories;
    this.hosts = hosts;
  }

  @Override
  public Response run(Request request, Caller caller) {
    Repository repository =
        repositories.delete(
            account(request, caller), request.name(), request.force().orElse(false));
    return new Response(RepositoryDocument.of(repository, caller.region(), hosts));
  }
}

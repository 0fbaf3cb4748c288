package dev.berth.lambda.ecr;

import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import dev.berth.registry.repository.Repositories;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import java.util.List;
import java.util.Optional;

/** Makes a repository. */
final class CreateRepository
    implements RepositoryOperation<CreateRepository.Request, CreateRepository.Response> {

  record Request(
      Optional<String> registryId,
      String repositoryName,
      List<ResourceTag> tags,
      Optional<String> imageTagMutability,
      Optional<ImageScanningConfiguration> imageScanningConfiguration,
      Optional<EncryptionConfiguration> encryptionConfiguration)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      tags = Constraints.optionalList("tags", tags, 0, Integer.MAX_VALUE);
      imageTagMutability.ifPresent(
          value -> Constraints.oneOf("imageTagMutability", value, TagMutability.class));
    }
  }

  record ImageScanningConfiguration(Optional<Boolean> scanOnPush) {}

  /** AES256 is what there is; a key of one's own is refused, not ignored. */
  record EncryptionConfiguration(String encryptionType, Optional<String> kmsKey) {
    EncryptionConfiguration {
      Constraints.required("encryptionConfiguration.encryptionType", encryptionType);
      if (!encryptionType.equals("AES256") || kmsKey.isPresent()) {
        throw new InvalidParameter(
            "encryptionConfiguration", "must be encryptionType AES256 without kmsKey");
      }
    }
  }

  record Response(RepositoryDocument repository) {}

  private final Repositories repositories;
  private final RegistryHosts hosts;

  CreateRepository(Repositories repositories, RegistryHosts hosts) {
    this.repositories = repositories;
    this.hosts = hosts;
  }

  @Override
  public String name() {
    return "CreateRepository";
  }

  @Override
  public Class<Request> requestType() {
    return Request.class;
  }

  @Override
  public Response run(Request request, Caller caller) {
    Repository repository =
        repositories.create(
            account(request, caller),
            request.name(),
            settings(request),
            ResourceTag.checked(request.tags()));
    return new Response(RepositoryDocument.of(repository, caller.region(), hosts));
  }

  private static Settings settings(Request request) {
    return new Settings(
        request.imageTagMutability().map(TagMutability::valueOf).orElse(TagMutability.MUTABLE),
        request
            .imageScanningConfiguration()
            .flatMap(ImageScanningConfiguration::scanOnPush)
            .orElse(false));
  }
}

package dev.berth.lambda.ecr;

import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.repository.Repositories;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import java.util.List;
import java.util.Map;
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

  /** Those of the model's encryption types that the guide knows. */
  private enum EncryptionType {
    AES256,
    KMS
  }

  /**
   * @param kmsKey for KMS alone: a key's id or ARN, or an alias or its ARN; the default key where
   *     it is absent
   */
  record EncryptionConfiguration(String encryptionType, Optional<String> kmsKey) {
    EncryptionConfiguration {
      var type =
          Constraints.oneOf(
              "encryptionConfiguration.encryptionType", encryptionType, EncryptionType.class);
      String member = "encryptionConfiguration.kmsKey";
      kmsKey.ifPresent(key -> Constraints.length(member, key, 1, 2048));
      if (type == EncryptionType.AES256 && kmsKey.isPresent()) {
        throw new InvalidParameter(member, "must be null unless encryptionType is KMS");
      }
    }

    Encryption in(EncryptionKeys keys, String account) {
      return encryptionType.equals(EncryptionType.AES256.name())
          ? Encryption.AES256
          : new Encryption.Kms(
              kmsKey
                  .map(key -> keys.describe(account, key))
                  .orElseGet(() -> keys.defaultKey(account)));
    }
  }

  record Response(RepositoryDocument repository) {}

  private final Repositories repositories;
  private final EncryptionKeys keys;
  private final RegistryHosts hosts;

  CreateRepository(Repositories repositories, EncryptionKeys keys, RegistryHosts hosts) {
    this.repositories = repositories;
    this.keys = keys;
    this.hosts = hosts;
  }

  /** With tags the repository is also tagged, which is an action of its own. */
  @Override
  public List<Permission> permissions(Request request, Caller caller) {
    String resource = resource(request, caller);
    RequestTags tags = RequestTags.added(request.tags());
    var create = new Permission(action(), resource, tags);
    return request.tags().isEmpty()
        ? List.of(create)
        : List.of(create, new Permission("ecr:TagResource", resource, tags));
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    // before the key: the default one is not to be made for a request that is refused
    Map<String, String> tags = ResourceTag.checked(request.tags());
    Repository repository =
        repositories.create(account, request.name(), settings(request, account), tags);
    return new Response(RepositoryDocument.of(repository, caller.region(), hosts));
  }

  private Settings settings(Request request, String account) {
    return new Settings(
        request.imageTagMutability().map(TagMutability::valueOf).orElse(TagMutability.MUTABLE),
        request
            .imageScanningConfiguration()
            .flatMap(ImageScanningConfiguration::scanOnPush)
            .orElse(false),
        request
            .encryptionConfiguration()
            .map(configuration -> configuration.in(keys, account))
            .orElse(Encryption.AES256));
  }
}

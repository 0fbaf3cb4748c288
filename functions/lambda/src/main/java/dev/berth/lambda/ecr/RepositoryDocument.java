package dev.berth.lambda.ecr;

import dev.berth.lambda.http.RegistryAddress;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import java.time.Instant;
import java.util.Optional;

/** ECR's Repository. */
record RepositoryDocument(
    String repositoryArn,
    String registryId,
    String repositoryName,
    String repositoryUri,
    Instant createdAt,
    TagMutability imageTagMutability,
    ScanningConfiguration imageScanningConfiguration,
    EncryptionConfiguration encryptionConfiguration) {

  record ScanningConfiguration(boolean scanOnPush) {}

  /**
   * @param kmsKey the key's ARN, however it was named
   */
  record EncryptionConfiguration(String encryptionType, Optional<String> kmsKey) {
    static EncryptionConfiguration of(Encryption encryption) {
      return switch (encryption) {
        case Encryption.Aes256() -> new EncryptionConfiguration("AES256", Optional.empty());
        case Encryption.Kms(KeyArn key) ->
            new EncryptionConfiguration("KMS", Optional.of(key.toString()));
      };
    }
  }

  static RepositoryDocument of(Repository repository, String region, RegistryHosts hosts) {
    Settings settings = repository.settings();
    String account = repository.account();
    return new RepositoryDocument(
        Arns.repository(region, account, repository.name()),
        account,
        repository.name().value(),
        hosts.host(new RegistryAddress(account, region)) + "/" + repository.name(),
        repository.createdAt(),
        settings.tagMutability(),
        new ScanningConfiguration(settings.scanOnPush()),
        EncryptionConfiguration.of(repository.encryption()));
  }
}

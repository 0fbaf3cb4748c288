package dev.berth.lambda.ecr;

import dev.berth.lambda.http.RegistryAddress;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import java.time.Instant;

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

  record EncryptionConfiguration(String encryptionType) {}

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
        new EncryptionConfiguration(repository.encryptionKey()));
  }
}

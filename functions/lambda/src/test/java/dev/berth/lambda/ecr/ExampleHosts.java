package dev.berth.lambda.ecr;

import dev.berth.lambda.http.RegistryAddress;

/** Registries under names like ECR's, of example.com. */
final class ExampleHosts implements RegistryHosts {

  @Override
  public String host(RegistryAddress registry) {
    return "%s.dkr.ecr.%s.example.com".formatted(registry.account(), registry.region());
  }

  @Override
  public String endpoint(RegistryAddress registry) {
    return "https://" + host(registry);
  }
}

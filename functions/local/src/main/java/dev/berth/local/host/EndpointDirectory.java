package dev.berth.local.host;

import dev.berth.lambda.ecr.RegistryHosts;
import dev.berth.lambda.http.RegistryAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where registries are served: known once the host listens, and waited for until then. */
final class EndpointDirectory implements RegistryHosts {

  private final CompletableFuture<List<Endpoint>> endpoints = new CompletableFuture<>();

  void complete(List<Endpoint> all) {
    endpoints.complete(all);
  }

  /** The listener of a region's first account answers for accounts that have none of their own. */
  private Endpoint of(RegistryAddress registry) {
    return endpoints.join().stream()
        .filter(endpoint -> endpoint.region().equals(registry.region()))
        .filter(endpoint -> endpoint.account().equals(registry.account()))
        .findFirst()
        .orElseGet(() -> firstOf(registry.region()));
  }

  Endpoint firstOf(String region) {
    return endpoints.join().stream()
        .filter(endpoint -> endpoint.region().equals(region))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String host(RegistryAddress registry) {
    return of(registry).registryHost();
  }

  @Override
  public String endpoint(RegistryAddress registry) {
    return of(registry).registryUrl();
  }
}

package dev.berth.local.host;

import dev.berth.lambda.ecr.RegistryHosts;
import dev.berth.lambda.http.RegistryAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where registries are served: known once the host listens, and waited for until then. */
final class EndpointDirectory implements RegistryHosts {

  private final CompletableFuture<Map<RegistryAddress, Endpoint>> endpoints =
      new CompletableFuture<>();

  /**
   * @param all a region's first account before its others
   */
  void complete(List<Endpoint> all) {
    Map<RegistryAddress, Endpoint> byRegistry = new LinkedHashMap<>();
    all.forEach(
        endpoint ->
            byRegistry.put(new RegistryAddress(endpoint.account(), endpoint.region()), endpoint));
    endpoints.complete(Collections.unmodifiableMap(byRegistry));
  }

  /** The listener of a region's first account answers for accounts that have none of their own. */
  private Endpoint of(RegistryAddress registry) {
    Endpoint own = endpoints.join().get(registry);
    return own != null ? own : firstOf(registry.region()).of(registry.account());
  }

  Endpoint firstOf(String region) {
    return find(region).orElseThrow();
  }

  /** That of a region's first account; empty for a region that this host does not serve. */
  Optional<Endpoint> find(String region) {
    return endpoints.join().values().stream()
        .filter(endpoint -> endpoint.region().equals(region))
        .findFirst();
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

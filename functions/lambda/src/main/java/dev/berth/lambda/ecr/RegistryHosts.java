package dev.berth.lambda.ecr;

import dev.berth.lambda.http.RegistryAddress;

/** Under which host names clients find registries. */
public interface RegistryHosts {

  /**
   * What the names of a registry's repositories begin with: a host name, with a port if it needs
   * one.
   */
  String host(RegistryAddress registry);

  /** Where a client logs in to a registry: {@code https://} and the host. */
  String endpoint(RegistryAddress registry);
}

package dev.berth.lambda.ecr;

import dev.berth.registry.settings.ReplicationSettings;

/** The settings of the caller's registry in this region. */
final class DescribeRegistry
    implements RegistryOperation<DescribeRegistry.Request, DescribeRegistry.Response> {

  record Request() {}

  record Response(String registryId, ReplicationDocument replicationConfiguration) {}

  private final ReplicationSettings settings;

  DescribeRegistry(ReplicationSettings settings) {
    this.settings = settings;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(caller);
    return new Response(account, ReplicationDocument.of(settings.find(account)));
  }
}

package dev.berth.lambda.ecr;

import dev.berth.core.replication.ReplicationConfiguration;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.replication.ReplicationException;
import dev.berth.core.replication.ReplicationException.InvalidDestination;
import dev.berth.core.replication.ReplicationException.TooManyDestinations;
import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import dev.berth.lambda.ecr.EcrError.Validation;
import dev.berth.registry.settings.ReplicationSettings;

/**
 * Says to where the caller's registry replicates its images in this region. The first time it does,
 * the account gets the service-linked role for replication.
 */
final class PutReplicationConfiguration
    implements RegistryOperation<
        PutReplicationConfiguration.Request, PutReplicationConfiguration.Response> {

  private static final String MEMBER = "replicationConfiguration";

  record Request(ReplicationDocument replicationConfiguration) {
    Request {
      Constraints.required(MEMBER, replicationConfiguration);
    }
  }

  record Response(ReplicationDocument replicationConfiguration) {}

  private final ReplicationSettings settings;

  PutReplicationConfiguration(ReplicationSettings settings) {
    this.settings = settings;
  }

  @Override
  public Response run(Request request, Caller caller) {
    ReplicationConfiguration configuration = request.replicationConfiguration().configuration();
    check(configuration, new Destination(caller.region(), account(caller)));
    settings.put(account(caller), caller.region(), configuration);
    return new Response(request.replicationConfiguration());
  }

  private static void check(ReplicationConfiguration configuration, Destination source) {
    try {
      configuration.checkFor(source);
    } catch (ReplicationException refusal) {
      throw switch (refusal) {
        case InvalidDestination e -> new InvalidParameter(MEMBER, e.getMessage());
        case TooManyDestinations e -> new Validation(e.getMessage());
      };
    }
  }
}

package dev.berth.lambda.wiring;

import dev.berth.registry.image.Replications;
import dev.berth.registry.replication.AttemptRequests;
import dev.berth.registry.replication.ConfiguredPeers;
import dev.berth.registry.replication.ImageSource;
import dev.berth.registry.replication.LayerSending;
import dev.berth.registry.replication.Peers;
import dev.berth.registry.replication.ReplicationFollowUp;
import dev.berth.registry.replication.ReplicationPlanning;
import dev.berth.registry.replication.ReplicationSending;
import dev.berth.registry.service.Services;
import dev.berth.registry.trigger.FunctionRequests;
import java.time.Clock;

/**
 * What replicates images.
 *
 * @param followUp takes up what is left; to be run now and then
 */
record ReplicationFunctions(
    ReplicationPlanning planning, ReplicationSending sending, ReplicationFollowUp followUp) {

  static ReplicationFunctions of(
      Services services, FunctionRequests asking, Peers peers, String region, Clock clock) {
    Replications kept = services.replications();
    var requests = new AttemptRequests(asking, region, clock);
    var layers = new LayerSending(services.layers(), services.objects(), Thread::sleep);
    var source = new ImageSource(services.images(), services.referrers(), layers);
    var configured = new ConfiguredPeers(services.replication(), peers);
    return new ReplicationFunctions(
        new ReplicationPlanning(services.replication(), kept.records(), requests),
        new ReplicationSending(kept.attempts(), source, configured, requests, System::nanoTime),
        new ReplicationFollowUp(kept.open(), kept.attempts(), requests));
  }
}

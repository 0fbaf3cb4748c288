package dev.berth.registry.replication;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.core.oci.Digest;
import dev.berth.core.replication.ReplicationConfiguration;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.replication.ReplicationConfiguration.Rule;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.events.EcrEvents;
import dev.berth.events.ImageAction;
import dev.berth.events.ReplicationAction;
import dev.berth.registry.identity.ServiceLinkedRoles;
import dev.berth.registry.image.AttemptRecords;
import dev.berth.registry.image.OpenReplications;
import dev.berth.registry.image.Registry;
import dev.berth.registry.image.Replication;
import dev.berth.registry.image.ReplicationRecords;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.outbox.Drainer;
import dev.berth.registry.outbox.RecordingBus;
import dev.berth.registry.settings.ReplicationSettings;
import dev.berth.registry.trigger.LastingFailure;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A registry in memory that replicates, for tests, with a bus that is as patient as they are. */
final class Replicating {

  static final String REGION = "us-east-1";
  static final Destination WEST = new Destination("us-west-2", ACCOUNT);

  final Registry registry = new Registry();
  final MemoryPeer peer = new MemoryPeer();
  final Map<Destination, Peer> known = new HashMap<>(Map.of(WEST, peer));
  final Deque<FunctionRequest> asked = new ConcurrentLinkedDeque<>();
  final List<String> pauses = new CopyOnWriteArrayList<>();
  final AtomicLong nanos = new AtomicLong();
  private final RecordingBus bus = new RecordingBus();
  final Drainer drainer = new Drainer(registry.table, bus, REGION, "aws.ecr", registry.clock);
  final List<ReplicationAction> failures = new ArrayList<>();
  final List<JsonNode> deadLetters = new ArrayList<>();
  boolean busDown;

  private final AttemptRequests requests = new AttemptRequests(this::take, REGION, registry.clock);
  final ReplicationSettings settings =
      new ReplicationSettings(
          registry.table, new ServiceLinkedRoles(registry.table, registry.clock), registry.clock);
  final ReplicationRecords records =
      new ReplicationRecords(registry.table, registry.reader, registry.clock);
  final AttemptRecords attempts =
      new AttemptRecords(registry.table, registry.reader, registry.clock);
  final ReplicationPlanning planning = new ReplicationPlanning(settings, records, requests);
  final LayerSending layers =
      new LayerSending(
          new Layers(registry.table, registry.reader, registry.keys, registry.clock),
          registry.objects,
          length -> pauses.add(length.toString()));
  final ReplicationSending sending =
      new ReplicationSending(
          attempts,
          new ImageSource(registry.images, registry.referrers, layers),
          new ConfiguredPeers(settings, this::peer),
          requests,
          nanos::get);
  final ReplicationFollowUp followUp =
      new ReplicationFollowUp(
          new OpenReplications(registry.table, registry.clock), attempts, requests);

  Replicating() {
    to(WEST);
  }

  void to(Destination... destinations) {
    settings.put(
        ACCOUNT,
        REGION,
        new ReplicationConfiguration(List.of(new Rule(List.of(destinations), List.of()))));
  }

  private Peer peer(String account, Destination destination) {
    return Optional.ofNullable(known.get(destination))
        .orElseThrow(() -> new PeerException.Refused("RegionNotConfiguredException", "where?"));
  }

  private void take(List<FunctionRequest> some) {
    if (busDown) {
      throw new IllegalStateException("the bus is down");
    }
    asked.addAll(some);
  }

  /** The events of pushes that nobody has taken yet; those of failures are kept aside. */
  List<JsonNode> pushes() {
    drainer.run();
    List<JsonNode> pushes = new ArrayList<>();
    bus.take()
        .forEach(
            event -> {
              switch (event) {
                case ImageAction action when action.actionType().equals("PUSH") ->
                    pushes.add(json(EcrEvents.write(action)));
                case ReplicationAction action -> failures.add(action);
                default -> {}
              }
            });
    return pushes;
  }

  List<ReplicationAction> failures() {
    pushes();
    return failures;
  }

  /** Plans what was pushed. */
  void plan() {
    pushes().forEach(planning::plan);
  }

  /** Plans what was pushed, and makes an attempt of each, and of what they ask for. */
  void replicate() {
    plan();
    attemptAll();
  }

  void attemptAll() {
    while (!asked.isEmpty()) {
      JsonNode request = next();
      try {
        sending.attempt(request);
      } catch (LastingFailure e) {
        deadLetters.add(request);
      }
    }
  }

  /** Makes the next attempt again until it does not throw, as a bus does. */
  int triesOfNext(int most) {
    JsonNode request = next();
    for (int tries = 1; tries <= most; tries++) {
      try {
        sending.attempt(request);
        return tries;
      } catch (RuntimeException again) {
        // so it is given again
      }
    }
    return most + 1;
  }

  JsonNode next() {
    return json(asked.remove().json());
  }

  Replication status(Digest image) {
    List<Replication> all = statuses(image);
    if (all.size() != 1) {
      throw new AssertionError("not one status: " + all);
    }
    return all.getFirst();
  }

  List<Replication> statuses(Digest image) {
    return records.find(ACCOUNT, APP, image);
  }

  Stream<Digest> taken() {
    return peer.images.keySet().stream();
  }

  static JsonNode json(String text) {
    try {
      return JsonMapper.builder().build().readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}

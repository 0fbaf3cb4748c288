package dev.berth.local.host;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.berth.core.audit.AuditLog;
import dev.berth.core.replication.PeerAgreements;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.core.trigger.BerthFunction;
import dev.berth.core.usage.CallCounts;
import dev.berth.lambda.http.BlobLinks;
import dev.berth.lambda.http.EdgeError;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body.Blob;
import dev.berth.lambda.login.AwsLoginApi;
import dev.berth.lambda.replication.HttpLayerSources;
import dev.berth.lambda.replication.HttpPeers;
import dev.berth.lambda.replication.PeerDirectory;
import dev.berth.lambda.wiring.Clocks;
import dev.berth.lambda.wiring.Deployment;
import dev.berth.lambda.wiring.DeploymentLimits;
import dev.berth.lambda.wiring.DeploymentPorts;
import dev.berth.lambda.wiring.DeploymentSettings;
import dev.berth.local.bus.LocalBus;
import dev.berth.local.files.FileObjects;
import dev.berth.local.files.LinkSigner;
import dev.berth.local.host.HostSettings.Stores;
import dev.berth.local.http.BlobSource.Reading;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.gc.Collected;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.login.AwsLoginSettings;
import dev.berth.registry.outbox.DeadChanges;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.update.FeedUpdates;
import dev.berth.registry.store.Table;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One region of the local host. */
final class LocalDeployment implements Handler, AutoCloseable {

  private final String region;
  private final RegionStores stores;
  private final Table table;
  private final Identities identities;
  private final Deployment deployment;
  private final LinkedObjects linkedObjects;
  private final List<ScheduledFunction> scheduled;
  private final Draining draining;
  private final Sweeping sweeping;
  private final Generations generations;

  private LocalDeployment(
      String region,
      RegionStores stores,
      Table table,
      Identities identities,
      Deployment deployment,
      LinkedObjects linkedObjects,
      List<ScheduledFunction> scheduled,
      Draining draining,
      Sweeping sweeping,
      Generations generations) {
    this.region = region;
    this.stores = stores;
    this.table = table;
    this.identities = identities;
    this.deployment = deployment;
    this.linkedObjects = linkedObjects;
    this.scheduled = scheduled;
    this.draining = draining;
    this.sweeping = sweeping;
    this.generations = generations;
  }

  /**
   * @param rootKeys the access keys of the accounts' roots
   * @param known the identities of all accounts; empty for the home region, whose table has them
   * @param agreements with the regions of this host and the deployments of others
   * @param peers where those are
   * @param bus where the region's events go; it is for the host to tell it of the functions
   * @param feeds what the daily rule does about them
   */
  static LocalDeployment open(
      String region,
      Path directory,
      Optional<Identities> known,
      Stores kinds,
      DeploymentSecret secret,
      KeyLookup rootKeys,
      EndpointDirectory endpoints,
      DeploymentLimits limits,
      Optional<AwsLoginSettings> awsLogin,
      boolean pullEvents,
      AuditLog audit,
      PeerAgreements agreements,
      PeerDirectory peers,
      FeedUpdates feeds,
      LocalBus bus,
      Clocks clocks) {
    Clock clock = clocks.wall();
    var links =
        new LinkSigner(
            secret.sealer(Purpose.SIGNED_LINK),
            () -> URI.create(endpoints.firstOf(region).registryUrl()),
            clock);
    RegionStores stores = RegionStores.open(region, directory, kinds, links);
    var grown = new News();
    var work = new News();
    var table = new ObservedTable(stores.table(), grown, work, clocks.registry());
    Identities identities =
        known.orElseGet(() -> new Identities(stores.table(), secret, rootKeys, clock));
    var deployment =
        new Deployment(
            new DeploymentPorts(
                table,
                stores.objects(),
                stores.keys(),
                identities,
                bus,
                bus,
                new HttpPeers(agreements, peers, region, clock),
                audit,
                new HttpLayerSources(peers),
                feeds),
            new DeploymentSettings(
                region,
                secret,
                endpoints,
                limits,
                awsLogin,
                DeploymentSettings.ECR_EVENTS,
                pullEvents,
                agreements),
            clocks);
    List<ScheduledFunction> scheduled =
        new ScheduledFunctions(region, deployment.functions(), stores.table(), clocks.registry())
            .all();
    return new LocalDeployment(
        region,
        stores,
        table,
        identities,
        deployment,
        new LinkedObjects(links, stores.objects()),
        scheduled,
        new Draining(region, deployment.drainer(), grown),
        new Sweeping(of(BerthFunction.SWEEP, scheduled), work),
        new Generations(stores.table(), stores.objects(), clocks.registry()));
  }

  private static ScheduledFunction of(BerthFunction function, List<ScheduledFunction> all) {
    return all.stream()
        .filter(scheduled -> scheduled.rule().function() == function)
        .findFirst()
        .orElseThrow();
  }

  String region() {
    return region;
  }

  CallCounts counts() {
    return deployment.counts();
  }

  Identities identities() {
    return identities;
  }

  @Override
  public Response handle(Request request) throws IOException {
    Response response = route(request);
    boolean elsewhere =
        response.body() instanceof Blob && !(stores.objects() instanceof FileObjects);
    return elsewhere
        ? new BlobLinks(stores.objects())
            .redirect(request.method(), response, (Blob) response.body())
        : response;
  }

  private Response route(Request request) throws IOException {
    String path = request.path();
    if (path.equals("/v2") || path.startsWith("/v2/")) {
      return deployment.oci().handle(request);
    }
    if (path.startsWith(LinkSigner.PATH)) {
      return linkedObjects.handle(request);
    }
    Optional<Handler> awsLogin = deployment.awsLogin().filter(any -> path.equals(AwsLoginApi.PATH));
    if (awsLogin.isPresent()) {
      return awsLogin.get().handle(request);
    }
    return path.equals("/")
        ? deployment.api().handle(request)
        : EdgeError.NOT_FOUND.response("there is nothing at " + path);
  }

  /** A range of an object that is kept in files. */
  Reading read(String objectKey, long offset, long length) throws IOException {
    try {
      return new FileReading(((FileObjects) stores.objects()).regions(objectKey, offset, length));
    } catch (KmsFailed disabledMeanwhile) {
      throw new AccessDeniedException(objectKey, null, disabledMeanwhile.getMessage());
    }
  }

  /** What ./berth lifecycle run does here. */
  RegionLifecycle lifecycle() {
    return new RegionLifecycle(
        region, deployment.lifecycleRepositories(), deployment.lifecycleRuns());
  }

  /** The indexes that its images are scanned by. */
  Generations generations() {
    return generations;
  }

  /** What the rules of the bus start. */
  Map<BerthFunction, RequestStreamHandler> functions() {
    return deployment.functions();
  }

  /** What schedules start. */
  List<ScheduledFunction> scheduled() {
    return scheduled;
  }

  /**
   * @param dry only to say what would be freed
   */
  Collected collect(boolean dry) {
    return dry ? deployment.collection().dryRun() : deployment.collection().run();
  }

  /**
   * Has the events tried once more that the bus did not take.
   *
   * @return of how many changes
   */
  long redrive() {
    return new DeadChanges(table).redrive();
  }

  /** Begins to look after what is committed; to be called once, when the bus has its rules. */
  void start() {
    draining.start();
    sweeping.start();
  }

  /** Ends that, when what was committed is published: nothing may commit any more. */
  void stop() {
    Closing.all(List.of(sweeping, draining));
  }

  @Override
  public void close() {
    Closing.all(List.of(this::stop, stores));
  }

  @Override
  public String toString() {
    return region;
  }
}

package dev.berth.local.host;

import dev.berth.core.audit.AuditLog;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.core.usage.CallCounts;
import dev.berth.lambda.http.BlobLinks;
import dev.berth.lambda.http.EdgeError;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body.Blob;
import dev.berth.lambda.login.AwsLoginApi;
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
import dev.berth.registry.gc.CollectionSchedule;
import dev.berth.registry.gc.GarbageCollection;
import dev.berth.registry.gc.GcPeriods;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.login.AwsLoginSettings;
import dev.berth.registry.outbox.Drainer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** One region of the local host. */
final class LocalDeployment implements Handler, AutoCloseable {

  private final String region;
  private final RegionStores stores;
  private final Identities identities;
  private final Deployment deployment;
  private final Draining draining;
  private final LinkedObjects linkedObjects;
  private final GarbageCollection collection;
  private final CollectionSchedule schedule;

  private LocalDeployment(
      String region,
      RegionStores stores,
      Identities identities,
      Deployment deployment,
      Draining draining,
      LinkSigner links) {
    this.region = region;
    this.stores = stores;
    this.identities = identities;
    this.deployment = deployment;
    this.draining = draining;
    this.linkedObjects = new LinkedObjects(links, stores.objects());
    var periods = GcPeriods.standard();
    var clock = Clock.systemUTC();
    this.collection = new GarbageCollection(stores.table(), stores.objects(), periods, clock);
    this.schedule = new CollectionSchedule(stores.table(), periods, clock);
  }

  /**
   * @param rootKeys the access keys of the accounts' roots
   * @param known the identities of all accounts; empty for the home region, whose table has them
   * @param bus where the region's events go
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
      LocalBus bus) {
    var clock = Clock.systemUTC();
    var links =
        new LinkSigner(
            secret.sealer(Purpose.SIGNED_LINK),
            () -> URI.create(endpoints.firstOf(region).registryUrl()),
            clock);
    RegionStores stores = RegionStores.open(region, directory, kinds, links);
    var drainer = new Drainer(stores.table(), bus, region, DeploymentSettings.ECR_EVENTS, clock);
    var draining = new Draining(region, drainer);
    Identities identities =
        known.orElseGet(() -> new Identities(stores.table(), secret, rootKeys, clock));
    var deployment =
        new Deployment(
            new DeploymentPorts(
                new ObservedTable(stores.table(), draining::grew),
                stores.objects(),
                stores.keys(),
                identities,
                bus,
                bus,
                audit),
            new DeploymentSettings(
                region,
                secret,
                endpoints,
                limits,
                awsLogin,
                DeploymentSettings.ECR_EVENTS,
                pullEvents),
            Clocks.of(clock));
    return new LocalDeployment(region, stores, identities, deployment, draining, links);
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

  /**
   * @param dry only to say what would be freed
   */
  Collected collect(boolean dry) {
    if (dry) {
      return collection.dryRun();
    }
    Collected collected = collection.run();
    schedule.ran(collected);
    return collected;
  }

  boolean isCollectionDue() {
    return schedule.isDue();
  }

  void sweep() {
    deployment.sweeper().run();
  }

  @Override
  public void close() {
    Closing.all(List.of(draining, stores));
  }

  @Override
  public String toString() {
    return region;
  }
}

package dev.berth.lambda.wiring;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.berth.aws.sts.StsCallerIdentity;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.core.sigv4.KeyLookup;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.throttle.Throttle;
import dev.berth.core.token.AuthorizationTokens;
import dev.berth.core.trigger.BerthFunction;
import dev.berth.core.usage.CallCounts;
import dev.berth.lambda.audit.AuditedKeys;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.ecr.EcrApi;
import dev.berth.lambda.ecr.Operations;
import dev.berth.lambda.ecr.ReplicationOperations;
import dev.berth.lambda.ecr.ScanOperations;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.iam.IamActions;
import dev.berth.lambda.iam.IamApi;
import dev.berth.lambda.lifecycle.LifecycleFunctions;
import dev.berth.lambda.login.AwsLoginApi;
import dev.berth.lambda.oci.OciApi;
import dev.berth.lambda.oci.OciSettings;
import dev.berth.lambda.oci.Principals;
import dev.berth.lambda.sigv4.ClaimedScope;
import dev.berth.lambda.sts.StsApi;
import dev.berth.registry.authz.PolicyAuthorizer;
import dev.berth.registry.gc.CollectionRuns;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.identity.ReplicationPeers;
import dev.berth.registry.lifecycle.ExpirationAudit;
import dev.berth.registry.lifecycle.LifecycleRepositories;
import dev.berth.registry.lifecycle.LifecycleRuns;
import dev.berth.registry.login.AwsLogins;
import dev.berth.registry.outbox.Drainer;
import dev.berth.registry.scan.ScanRequests;
import dev.berth.registry.service.Services;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** One deployment put together: the wires over its services, and what runs beside them. */
public final class Deployment {

  private final CallCounts counts = new CallCounts();
  private final Drainer drainer;
  private final CollectionRuns collection;
  private final LifecycleRepositories lifecycleRepositories;
  private final LifecycleRuns lifecycleRuns;
  private final Handler oci;
  private final Handler ecr;
  private final Handler iam;
  private final Handler sts;
  private final Optional<Handler> awsLogin;
  private final Map<BerthFunction, RequestStreamHandler> functions;

  public Deployment(DeploymentPorts ports, DeploymentSettings settings, Clocks clocks) {
    Clock clock = clocks.wall();
    String region = settings.region();
    DeploymentSecret secret = settings.secret();
    DeploymentLimits limits = settings.limits();
    Identities identities = ports.identities();
    KeyLookup keys = identities.keys();
    var recorder = new CallRecorder(ports.audit(), counts, clock);
    var verifier = new SigV4Verifier(clock);
    var tokens = new AuthorizationTokens(secret.sealer(Purpose.AUTHORIZATION_TOKEN), clock);
    var throttle = new Throttle(limits.rates(), System::nanoTime);
    Services services =
        Services.over(
            ports.table(),
            identities.serviceLinkedRoles(),
            ports.objects(),
            new AuditedKeys(ports.encryptionKeys(), recorder),
            secret,
            limits.partSizes(),
            limits.quotas(),
            settings.pullEvents(),
            new ExpirationAudit(ports.audit(), region, clock),
            clocks.registry());
    // by the wall: how long it waits before it tries again is no matter of the registry's
    this.drainer = new Drainer(ports.table(), ports.bus(), region, settings.eventSource(), clock);
    this.collection = new CollectionRuns(ports.table(), ports.objects(), clocks.registry());
    this.lifecycleRepositories = services.lifecycleRepositories();
    this.lifecycleRuns = services.lifecycleRuns();
    var scanRequests = new ScanRequests(ports.requests(), region, clocks.registry());
    this.functions =
        new Functions(
                services,
                drainer,
                collection,
                ReplicationFunctions.of(
                    services, ports.requests(), ports.peers(), region, clocks.registry()),
                new LifecycleFunctions(services, ports.requests(), region, clock),
                new ScanFunctions(services.scans(), scanRequests, clocks.registry()),
                ports.feeds())
            .all();
    var peers = new ReplicationPeers(settings.agreements(), identities.serviceLinkedRoles(), clock);
    var authorizer =
        new PolicyAuthorizer(
            principal -> peers.grants(principal).orElseGet(() -> identities.grants(principal)),
            services.policies(),
            clock);
    this.oci =
        new OciApi(
            recorder,
            tokens,
            principals(keys),
            throttle,
            authorizer,
            services,
            OciSettings.defaults());
    this.ecr =
        new EcrApi(
            recorder,
            Operations.of(services, tokens, settings.hosts(), secret.sealer(Purpose.PAGE_POSITION))
                .and(
                    ScanOperations.of(services, scanRequests, secret.sealer(Purpose.PAGE_POSITION)))
                .and(
                    ReplicationOperations.of(
                        services, settings.hosts(), ports.layers(), limits.layerCall())),
            verifier,
            region::equals,
            // other registries call this API alone, so nothing else knows their keys
            id -> peers.find(id).or(() -> keys.find(id)),
            throttle,
            peers.authorizing(authorizer));
    this.iam =
        new IamApi(
            recorder,
            IamActions.of(identities, secret.sealer(Purpose.PAGE_POSITION), clock),
            verifier,
            keys,
            throttle,
            authorizer);
    this.sts = new StsApi(recorder, identities, verifier, throttle, clock);
    this.awsLogin =
        settings
            .awsLogin()
            .map(
                login ->
                    new AwsLoginApi(
                        recorder,
                        new AwsLogins(
                            login, new StsCallerIdentity(), identities, clock, System::nanoTime),
                        login,
                        tokens,
                        settings.hosts(),
                        authorizer));
  }

  /**
   * A key that was made anew for another principal is not the one that a token was asked for by.
   */
  private static Principals principals(KeyLookup keys) {
    return (accessKeyId, uniqueId) ->
        keys.find(accessKeyId)
            .map(AccessKey::principal)
            .filter(principal -> principal.uniqueId().equals(uniqueId));
  }

  /** {@code /v2/}: the OCI distribution specification. */
  public Handler oci() {
    return oci;
  }

  /** {@code POST /}: the APIs, each by the service that the signature is scoped to. */
  public Handler api() {
    return this::api;
  }

  private Response api(Request request) throws IOException {
    String service = ClaimedScope.of(request).map(ClaimedScope::service).orElse("");
    Handler api =
        switch (service) {
          case IamApi.SERVICE -> iam;
          case StsApi.SERVICE -> sts;
          default -> ecr;
        };
    return api.handle(request);
  }

  /** {@link AwsLoginApi#PATH}: where principals of AWS log in, if any may. */
  public Optional<Handler> awsLogin() {
    return awsLogin;
  }

  /** How often each action was called. */
  public CallCounts counts() {
    return counts;
  }

  /** Publishes events; to be run for a shard whenever its outbox has grown. */
  public Drainer drainer() {
    return drainer;
  }

  /** Collects garbage, for who does not want to wait until it is due. */
  public CollectionRuns collection() {
    return collection;
  }

  /** Those whose lifecycle policies are run. */
  public LifecycleRepositories lifecycleRepositories() {
    return lifecycleRepositories;
  }

  /** Runs lifecycle policies, for who does not want to wait until they are due. */
  public LifecycleRuns lifecycleRuns() {
    return lifecycleRuns;
  }

  /** What rules start. */
  public Map<BerthFunction, RequestStreamHandler> functions() {
    return functions;
  }
}

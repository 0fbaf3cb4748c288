package dev.berth.lambda.oci;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Principal;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.quota.Quotas;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.throttle.Throttle;
import dev.berth.core.token.AuthorizationTokens;
import dev.berth.lambda.Throttles;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.registry.authz.PolicyAuthorizer;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.identity.Grants;
import dev.berth.registry.identity.ServiceLinkedRoles;
import dev.berth.registry.repository.Repositories;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import dev.berth.registry.service.Services;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.upload.PartSizes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A registry with root as its one principal, for suites that run over an edge. */
public final class TestRegistry {

  public static final RegistryAddress ADDRESS = new RegistryAddress("123456789012", "us-east-1");

  static final long SMALLEST_CHUNK = 1 << 20;

  private static final Principal ROOT = Principal.root(ADDRESS.account(), "AKIAROOT");

  private final Clock clock;
  private final Table table;
  private final Objects objects;
  private final Quotas quotas;
  private final DeploymentSecret secret =
      new DeploymentSecret(List.of(new DeploymentSecret.Key("k1", new byte[32])));
  private final MemoryKeys keys = new MemoryKeys();
  private final Repositories repositories;
  private Throttle throttle = Throttles.none();
  private CallRecorder recorder = CallRecorder.none();
  private boolean tellsPulls;
  private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final Set<String> denied = ConcurrentHashMap.newKeySet();

  public TestRegistry(Table table, Objects objects) {
    this(table, objects, Quotas.standard(), Clock.systemUTC());
  }

  TestRegistry(Table table, Objects objects, Quotas quotas) {
    this(table, objects, quotas, Clock.systemUTC());
  }

  TestRegistry(Table table, Objects objects, Quotas quotas, Clock clock) {
    this.clock = clock;
    this.quotas = quotas;
    this.table = table;
    this.objects = objects;
    this.repositories = new Repositories(table, keys, clock, quotas);
  }

  /** The table of the API's routes. */
  Routes routes() {
    Services services = services();
    return Routes.of(
        services, new Access(deciding(services)), new OciSettings(OptionalLong.of(SMALLEST_CHUNK)));
  }

  public OciApi api() {
    Services services = services();
    return new OciApi(
        recorder,
        tokens(clock),
        (key, id) ->
            Optional.of(ROOT)
                .filter(root -> root.accessKeyId().equals(key) && root.uniqueId().equals(id)),
        throttle,
        deciding(services),
        services,
        new OciSettings(OptionalLong.of(SMALLEST_CHUNK)));
  }

  /** For the APIs that are made from now on. */
  public void throttle(Throttle other) {
    throttle = other;
  }

  /** Likewise. */
  void recorder(CallRecorder other) {
    recorder = other;
  }

  /** Likewise. */
  void tellPulls() {
    tellsPulls = true;
  }

  private Authorizer deciding(Services services) {
    var policies = new PolicyAuthorizer(any -> Grants.NONE, services.policies(), clock);
    return attempt -> {
      attempts.add(attempt);
      return denied.contains(attempt.action() + " " + attempt.resource())
          ? new Authorizer.Decision.Denied("User: %s may not".formatted(attempt.principal().arn()))
          : policies.decide(attempt);
    };
  }

  /** What was asked for since this was asked the last time. */
  List<Attempt> takeAttempts() {
    List<Attempt> taken = new ArrayList<>();
    for (Attempt next = attempts.poll(); next != null; next = attempts.poll()) {
      taken.add(next);
    }
    return taken;
  }

  private Services services() {
    var roles = new ServiceLinkedRoles(table, clock);
    return Services.over(
        table, roles, objects, keys, secret, PartSizes.defaults(), quotas, tellsPulls, clock);
  }

  private AuthorizationTokens tokens(Clock at) {
    return new AuthorizationTokens(secret.sealer(Purpose.AUTHORIZATION_TOKEN), at);
  }

  public void createRepository(String name, boolean immutable) {
    var mutability = immutable ? TagMutability.IMMUTABLE : TagMutability.MUTABLE;
    repositories.create(
        ADDRESS.account(),
        new RepositoryName(name),
        new Settings(mutability, false, Encryption.AES256),
        Map.of());
  }

  public String token() {
    return tokens(clock).issue(ROOT, ADDRESS.region()).password();
  }

  String tokenOf(String region) {
    return tokens(clock).issue(ROOT, region).password();
  }

  String expiredToken() {
    var yesterday = Clock.offset(clock, Duration.ofDays(-1));
    return tokens(yesterday).issue(ROOT, ADDRESS.region()).password();
  }

  /** A token of a key that there is no longer. */
  String revokedToken() {
    var gone = Principal.root(ADDRESS.account(), "AKIAGONE");
    return tokens(clock).issue(gone, ADDRESS.region()).password();
  }

  /** Refuses an action on a repository from now on. */
  void deny(String action, String repository) {
    denied.add(
        "ecr:%s arn:aws:ecr:%s:%s:repository/%s"
            .formatted(action, ADDRESS.region(), ADDRESS.account(), repository));
  }
}

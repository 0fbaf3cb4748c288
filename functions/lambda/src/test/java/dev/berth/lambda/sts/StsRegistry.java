package dev.berth.lambda.sts;

import dev.berth.core.authz.Principal;
import dev.berth.core.replication.PeerAgreements;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.lambda.NoDownloads;
import dev.berth.lambda.NoPeers;
import dev.berth.lambda.ecr.RegistryHosts;
import dev.berth.lambda.handler.ApiFunction;
import dev.berth.lambda.handler.LambdaEdge;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.wiring.Clocks;
import dev.berth.lambda.wiring.Deployment;
import dev.berth.lambda.wiring.DeploymentLimits;
import dev.berth.lambda.wiring.DeploymentPorts;
import dev.berth.lambda.wiring.DeploymentSettings;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.identity.AccessKeys;
import dev.berth.registry.identity.CustomerPolicy;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.identity.Permissions;
import dev.berth.registry.identity.Role;
import dev.berth.registry.identity.User;
import dev.berth.registry.scan.update.FeedUpdates;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * A deployment in memory behind the Lambda edge, whose accounts have roots, users and roles, and
 * the AWS SDK's clients of it.
 */
final class StsRegistry implements AutoCloseable {

  static final String ACCOUNT = "123456789012";
  static final String OTHER = "210987654321";
  static final AwsCredentials ROOT = AwsBasicCredentials.create("ROOTKEYEXAMPLE000000", "root's");

  private static final String ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
  private static final SdkHttpClient HTTP = Apache5HttpClient.create();
  private static final DeploymentSecret SECRET =
      new DeploymentSecret(List.of(new DeploymentSecret.Key("a", new byte[32])));

  final Identities identities;

  private final LambdaEdge edge;

  StsRegistry() {
    this(new MemoryTable(), Clock.systemUTC());
  }

  /** One of those that keep their things in the table. */
  StsRegistry(MemoryTable table, Clock clock) {
    identities = new Identities(table, SECRET, StsRegistry::root, clock);
    var objects = new MemoryObjects(1);
    var deployment =
        new Deployment(
            new DeploymentPorts(
                table,
                objects,
                new MemoryKeys(),
                identities,
                events -> Map.of(),
                requests -> {},
                NoPeers::peer,
                unkept -> {},
                source -> new NoDownloads(),
                FeedUpdates.OFF),
            new DeploymentSettings(
                "us-east-1",
                SECRET,
                new Hosts(),
                DeploymentLimits.standard(),
                Optional.empty(),
                DeploymentSettings.ECR_EVENTS,
                false,
                new PeerAgreements(List.of())),
            Clocks.of(clock));
    try {
      edge =
          new LambdaEdge(
              new ApiFunction(
                  request -> route(deployment, request),
                  objects,
                  new RegistryAddress(ACCOUNT, "us-east-1")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Response route(Deployment deployment, Request request) throws IOException {
    return (request.path().startsWith("/v2/") ? deployment.oci() : deployment.api())
        .handle(request);
  }

  private static Optional<AccessKey> root(String id) {
    return Optional.of(ROOT.accessKeyId())
        .filter(id::equals)
        .map(key -> new AccessKey(key, ROOT.secretAccessKey(), Principal.root(ACCOUNT, key)));
  }

  private static final class Hosts implements RegistryHosts {
    @Override
    public String host(RegistryAddress registry) {
      return "registry.example.com";
    }

    @Override
    public String endpoint(RegistryAddress registry) {
      return "https://" + host(registry);
    }
  }

  URI uri() {
    return edge.uri();
  }

  StsClient sts(AwsCredentials credentials) {
    return sts(credentials, Region.US_EAST_1);
  }

  StsClient sts(AwsCredentials credentials, Region region) {
    return StsClient.builder()
        .endpointOverride(edge.uri())
        .region(region)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClient(HTTP)
        .build();
  }

  EcrClient ecr(AwsCredentials credentials) {
    return EcrClient.builder()
        .endpointOverride(edge.uri())
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClient(HTTP)
        .build();
  }

  /** Temporary ones. */
  static AwsCredentials of(Credentials answered) {
    return AwsSessionCredentials.create(
        answered.accessKeyId(), answered.secretAccessKey(), answered.sessionToken());
  }

  static AwsCredentials of(AccessKey key) {
    return AwsSessionCredentials.create(key.id(), key.secret(), key.sessionToken().orElseThrow());
  }

  /** A user with one inline policy, or none. */
  AwsCredentials user(String account, String name, String... policy) {
    Permissions permissions = Permissions.NONE;
    for (String text : policy) {
      permissions = permissions.withInline("own", text);
    }
    identities
        .users()
        .create(
            User.made(
                account,
                "/",
                name,
                Instant.now(),
                permissions,
                new TreeMap<>(Map.of("team", "a"))));
    AccessKeys.Created key = identities.accessKeys().create(account, name);
    return AwsBasicCredentials.create(key.key().id(), key.secret());
  }

  /** One that may do everything in its account, and lets sessions last for two hours. */
  Role role(String name, String trustPolicy) {
    Role role =
        Role.made(
            ACCOUNT,
            "/team/",
            name,
            "",
            Instant.now(),
            trustPolicy,
            Duration.ofHours(2),
            Permissions.NONE.attach(ADMINISTRATOR),
            new TreeMap<>());
    identities.roles().create(role);
    return role;
  }

  String managedPolicy(String account, String name, String text) {
    CustomerPolicy policy =
        CustomerPolicy.made(account, "/", name, "", text, Instant.now(), new TreeMap<>());
    identities.policies().create(policy);
    return policy.arn();
  }

  @Override
  public void close() {
    edge.close();
  }
}

package dev.berth.lambda.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.audit.AuditRecord;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.quota.Quotas;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Key;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.sigv4.TestSigner;
import dev.berth.core.token.AuthorizationTokens;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.core.usage.CallCounts;
import dev.berth.lambda.Throttles;
import dev.berth.lambda.audit.AuditedKeys;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.handler.ApiFunction;
import dev.berth.lambda.handler.LambdaEdge;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.registry.authz.PolicyAuthorizer;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.identity.Grants;
import dev.berth.registry.identity.ServiceLinkedRoles;
import dev.berth.registry.image.Registry;
import dev.berth.registry.lifecycle.ExpirationAudit;
import dev.berth.registry.scan.ScanRequests;
import dev.berth.registry.scan.ScanTarget;
import dev.berth.registry.scan.ScanningRegistry;
import dev.berth.registry.scan.TestIndexes;
import dev.berth.registry.service.Services;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.upload.PartSizes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;

/**
 * A registry in memory behind the Lambda edge, and the AWS SDK's client of it, which signs as the
 * root of account 123456789012. Parts have 500 to 4000 bytes.
 */
final class SdkRegistry implements AutoCloseable {

  static final String ACCOUNT = "123456789012";
  static final String HOST = "123456789012.dkr.ecr.us-east-1.example.com";
  static final String MISSING = Digest.sha256("missing".getBytes(UTF_8)).toString();

  private static final SdkHttpClient HTTP = Apache5HttpClient.create();

  final MemoryTable table = new MemoryTable();
  final MemoryKeys keys = new MemoryKeys();
  final MemoryObjects objects = new MemoryObjects(1, keys);
  final List<AuditRecord> audited = new CopyOnWriteArrayList<>();
  final List<FunctionRequest> asked = new CopyOnWriteArrayList<>();
  final Services services;
  final Operations operations;
  final EcrClient ecr;

  private final LambdaEdge edge;

  SdkRegistry() {
    this(Quotas.standard(), new PartSizes(1024, 500, 4000, 4000));
  }

  SdkRegistry(Quotas quotas, PartSizes partSizes) {
    this(quotas, partSizes, false);
  }

  /** Where pulls are told. */
  static SdkRegistry tellingPulls() {
    return new SdkRegistry(Quotas.standard(), new PartSizes(1024, 500, 4000, 4000), true);
  }

  private SdkRegistry(Quotas quotas, PartSizes partSizes, boolean tellsPulls) {
    var secret = new DeploymentSecret(List.of(new Key("a", new byte[32])));
    var clock = Clock.systemUTC();
    var recorder = new CallRecorder(audited::add, new CallCounts(), clock);
    var auditedKeys = new AuditedKeys(keys, recorder);
    var roles = new ServiceLinkedRoles(table, clock);
    services =
        Services.over(
            table,
            roles,
            objects,
            auditedKeys,
            secret,
            partSizes,
            quotas,
            tellsPulls,
            new ExpirationAudit(_ -> {}, "us-east-1", clock),
            clock);
    operations =
        Operations.of(
                services,
                new AuthorizationTokens(secret.sealer(Purpose.AUTHORIZATION_TOKEN), clock),
                new ExampleHosts(),
                secret.sealer(Purpose.PAGE_POSITION))
            .and(
                ScanOperations.of(
                    services,
                    new ScanRequests(asked::addAll, "us-east-1", clock),
                    secret.sealer(Purpose.PAGE_POSITION)));
    var api =
        new EcrApi(
            recorder,
            operations,
            new SigV4Verifier(clock),
            "us-east-1"::equals,
            id -> Optional.of(TestSigner.KEY).filter(key -> key.id().equals(id)),
            Throttles.none(),
            new PolicyAuthorizer(any -> Grants.NONE, services.policies(), clock));
    try {
      edge =
          new LambdaEdge(new ApiFunction(api, objects, new RegistryAddress(ACCOUNT, "us-east-1")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ecr =
        EcrClient.builder()
            .endpointOverride(edge.uri())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(TestSigner.KEY.id(), TestSigner.KEY.secret())))
            .httpClient(HTTP)
            .build();
  }

  @Override
  public void close() {
    ecr.close();
    edge.close();
  }

  void create(String repository) {
    ecr.createRepository(r -> r.repositoryName(repository));
  }

  /** Uploads these bytes in one part, but does not complete them. */
  String upload(String repository, byte[] bytes) {
    String id = ecr.initiateLayerUpload(r -> r.repositoryName(repository)).uploadId();
    part(repository, id, 0, bytes);
    return id;
  }

  long part(String repository, String uploadId, long first, byte[] bytes) {
    return ecr.uploadLayerPart(
            r ->
                r.repositoryName(repository)
                    .uploadId(uploadId)
                    .partFirstByte(first)
                    .partLastByte(first + bytes.length - 1)
                    .layerPartBlob(SdkBytes.fromByteArray(bytes)))
        .lastByteReceived();
  }

  String complete(String repository, String uploadId, Object... digests) {
    List<String> texts = List.of(digests).stream().map(Object::toString).toList();
    return ecr.completeLayerUpload(
            r -> r.repositoryName(repository).uploadId(uploadId).layerDigests(texts))
        .layerDigest();
  }

  Digest layer(String repository, String content) {
    return layer(repository, content.getBytes(UTF_8));
  }

  Digest layer(String repository, byte[] bytes) {
    Digest digest = Digest.sha256(bytes);
    complete(repository, upload(repository, bytes), digest);
    return digest;
  }

  /** A manifest whose config and one layer are in the repository. */
  String manifest(String repository, String content) {
    return Registry.manifest(
        layer(repository, "config of " + content), layer(repository, content), "");
  }

  /** A manifest that has this one layer as its config too, filled up by an annotation. */
  static String manifestOf(int bytes, Digest layer) {
    String empty = Registry.manifest(layer, layer, ",\"annotations\":{\"a\":\"%s\"}");
    return empty.formatted("x".repeat(bytes - empty.formatted("").length()));
  }

  /** Puts an image of Debian 12 with these packages, each as {@code name version}. */
  Digest debian(String repository, String tag, String... packages) {
    String manifest =
        Registry.manifest(
            layer(repository, "config of " + tag),
            layer(repository, ScanningRegistry.debian(packages)),
            "");
    ecr.putImage(r -> r.repositoryName(repository).imageManifest(manifest).imageTag(tag));
    return digest(manifest);
  }

  /** Puts the indexes of {@link TestIndexes} in force. */
  void indexesInForce() {
    TestIndexes.inForce(table, objects, Clock.systemUTC());
  }

  /** Does a scan that is in progress, as the function does. */
  void scan(String repository, Digest image) {
    services.scans().scanning().run(new ScanTarget(ACCOUNT, new RepositoryName(repository), image));
  }

  /** Puts an image of this content under each of the tags, or under none. */
  Digest image(String repository, String content, String... tags) {
    String manifest = manifest(repository, content);
    if (tags.length == 0) {
      ecr.putImage(r -> r.repositoryName(repository).imageManifest(manifest));
    }
    for (String tag : tags) {
      ecr.putImage(r -> r.repositoryName(repository).imageManifest(manifest).imageTag(tag));
    }
    return digest(manifest);
  }

  static Digest digest(String manifest) {
    return Digest.sha256(manifest.getBytes(UTF_8));
  }

  static ImageIdentifier byTag(String tag) {
    return ImageIdentifier.builder().imageTag(tag).build();
  }

  static ImageIdentifier byDigest(Object digest) {
    return ImageIdentifier.builder().imageDigest(digest.toString()).build();
  }

  static ImageIdentifier byBoth(Object digest, String tag) {
    return ImageIdentifier.builder().imageDigest(digest.toString()).imageTag(tag).build();
  }

  static void assertRefused(
      Class<? extends EcrException> type, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            type,
            refused -> {
              assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(message);
              assertThat(refused.statusCode()).isEqualTo(400);
            });
  }

  static void assertInvalid(String member, String constraint, ThrowingCallable call) {
    assertRefused(
        InvalidParameterException.class,
        "Invalid parameter at '%s' failed to satisfy constraint: '%s'"
            .formatted(member, constraint),
        call);
  }

  /** That a call is refused with an error that ECR's model does not name. */
  static void assertCode(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EcrException.class,
            refused -> assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code));
  }
}

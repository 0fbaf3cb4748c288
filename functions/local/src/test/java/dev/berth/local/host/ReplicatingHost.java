package dev.berth.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.events.EcrEvents;
import dev.berth.events.ReplicationAction;
import dev.berth.local.bus.Consumer;
import dev.berth.local.bus.Rule;
import dev.berth.local.bus.Rule.Target;
import dev.berth.local.host.RootKeys.RootKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageReplicationStatus;
import software.amazon.awssdk.services.ecr.model.ReplicationDestination;
import software.amazon.awssdk.services.ecr.model.ReplicationRule;
import software.amazon.awssdk.services.ecr.model.ReplicationStatus;

/** A host of three regions and two accounts, whose events of replications are waited for. */
final class ReplicatingHost implements AutoCloseable {

  /** As the guide's examples have them. */
  static final String ACCOUNT = "111122223333";

  static final String OTHER = "444455556666";
  static final String EAST = "us-east-1";
  static final String WEST_1 = "us-west-1";
  static final String WEST = "us-west-2";

  private final Path data;
  private final Consumer consumer;
  final LocalHost host;
  private final HttpClient http;
  private final Map<String, EcrClient> clients = new HashMap<>();

  ReplicatingHost(Path data) throws Exception {
    this(data, settings -> settings, HttpClient.newHttpClient());
  }

  /**
   * @param http trusts the host
   */
  ReplicatingHost(Path data, UnaryOperator<HostSettings> more, HttpClient http) throws Exception {
    this.data = data;
    this.http = http;
    this.consumer = new Consumer();
    var rule =
        new Rule(
            "replications",
            "{\"detail-type\":[\"ECR Replication Action\"]}",
            new Target.Url(consumer.url()));
    this.host =
        LocalHost.start(
            more.apply(
                TestHosts.settings(
                    data, 0, List.of(ACCOUNT, OTHER), List.of(rule), EAST, WEST_1, WEST)));
  }

  /** The next event of a replication, waited for. */
  ReplicationAction event() throws InterruptedException {
    return (ReplicationAction) EcrEvents.read(consumer.take());
  }

  Endpoint endpoint(String account, String region) {
    return host.endpoints().stream()
        .filter(it -> it.account().equals(account) && it.region().equals(region))
        .findFirst()
        .orElseThrow();
  }

  EcrClient ecr(String account, String region) {
    return clients.computeIfAbsent(account + region, any -> client(account, region));
  }

  private EcrClient client(String account, String region) {
    RootKey key = DataDirectory.readRootKeys(data).byAccount().get(account);
    return EcrClient.builder()
        .endpointOverride(URI.create(endpoint(account, region).url()))
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())))
        .build();
  }

  static ReplicationDestination destination(String account, String region) {
    return ReplicationDestination.builder().registryId(account).region(region).build();
  }

  /** Configures the account's registry of a region. */
  void replicate(String region, ReplicationDestination... destinations) {
    ecr(ACCOUNT, region)
        .putReplicationConfiguration(
            r ->
                r.replicationConfiguration(
                    c -> c.rules(ReplicationRule.builder().destinations(destinations).build())));
  }

  /** Pushes an image of these layers, each of whose config is its first one. */
  Digest push(String region, String repository, Optional<String> tag, byte[]... layers) {
    for (byte[] layer : layers) {
      upload(region, repository, layer);
    }
    return put(region, repository, tag, manifest("", layers));
  }

  Digest put(String region, String repository, Optional<String> tag, String manifest) {
    return Digest.parse(
            ecr(ACCOUNT, region)
                .putImage(
                    r ->
                        r.repositoryName(repository)
                            .imageManifest(manifest)
                            .imageTag(tag.orElse(null)))
                .image()
                .imageId()
                .imageDigest())
        .orElseThrow();
  }

  void upload(String region, String repository, byte[] layer) {
    EcrClient ecr = ecr(ACCOUNT, region);
    String id = ecr.initiateLayerUpload(r -> r.repositoryName(repository)).uploadId();
    ecr.uploadLayerPart(
        r ->
            r.repositoryName(repository)
                .uploadId(id)
                .partFirstByte(0L)
                .partLastByte(layer.length - 1L)
                .layerPartBlob(SdkBytes.fromByteArray(layer)));
    ecr.completeLayerUpload(
        r ->
            r.repositoryName(repository)
                .uploadId(id)
                .layerDigests(Digest.sha256(layer).toString()));
  }

  /**
   * @param more members, each with a leading comma
   */
  static String manifest(String more, byte[]... layers) {
    String list =
        Stream.of(layers)
            .map(layer -> descriptor(MediaTypes.OCI_LAYER, Digest.sha256(layer), layer.length))
            .collect(Collectors.joining(","));
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]%s}"
        .formatted(
            MediaTypes.OCI_IMAGE,
            descriptor(MediaTypes.OCI_CONFIG, Digest.sha256(layers[0]), layers[0].length),
            list,
            more);
  }

  static String index(Digest... children) {
    String list =
        Stream.of(children)
            .map(child -> descriptor(MediaTypes.OCI_IMAGE, child, 500))
            .collect(Collectors.joining(","));
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
        .formatted(MediaTypes.OCI_INDEX, list);
  }

  static String descriptor(String mediaType, Digest digest, long size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, digest, size);
  }

  static byte[] layer(String content) {
    return content.getBytes(UTF_8);
  }

  /** A manifest or layer, as clients pull it. */
  HttpResponse<byte[]> pull(String account, String region, String path) throws Exception {
    String token =
        ecr(account, region)
            .getAuthorizationToken()
            .authorizationData()
            .getFirst()
            .authorizationToken();
    return http.send(
        HttpRequest.newBuilder(URI.create(endpoint(account, region).url() + "/v2/" + path))
            .header("Authorization", "Basic " + token)
            .header("Accept", MediaTypes.OCI_IMAGE + ", " + MediaTypes.OCI_INDEX)
            .build(),
        BodyHandlers.ofByteArray());
  }

  /** The statuses of an image once none of them is in progress. */
  List<String> ended(String region, String repository, Digest image) {
    List<ImageReplicationStatus> statuses = statuses(region, repository, image);
    while (statuses.stream().anyMatch(it -> it.status() == ReplicationStatus.IN_PROGRESS)) {
      Thread.onSpinWait();
      statuses = statuses(region, repository, image);
    }
    List<String> texts = new ArrayList<>();
    statuses.forEach(
        it ->
            texts.add(
                String.join(
                    " ",
                    it.region(),
                    it.registryId(),
                    it.statusAsString(),
                    Optional.ofNullable(it.failureCode()).orElse("-"))));
    return texts;
  }

  List<ImageReplicationStatus> statuses(String region, String repository, Digest image) {
    return ecr(ACCOUNT, region)
        .describeImageReplicationStatus(
            r -> r.repositoryName(repository).imageId(id -> id.imageDigest(image.toString())))
        .replicationStatuses();
  }

  @Override
  public void close() {
    clients.values().forEach(EcrClient::close);
    host.close();
    consumer.close();
    http.close();
  }
}

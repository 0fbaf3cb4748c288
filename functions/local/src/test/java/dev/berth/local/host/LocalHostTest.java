package dev.berth.local.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.host.RootKeys.RootKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ReplicationDestination;
import software.amazon.awssdk.services.ecr.model.ReplicationRule;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeletionTaskStatusType;

class LocalHostTest {

  private static final String EAST = "us-east-1";
  private static final String WEST = "us-west-2";
  private static final String ROLE = "AWSServiceRoleForECRReplication";
  private static final byte[] LAYER = "a layer's bytes".getBytes(ISO_8859_1);

  @TempDir Path data;
  private LocalHost host;
  private Endpoint east;
  private Endpoint west;

  @BeforeEach
  void start() {
    host = TestHosts.start(data, EAST, WEST);
    east = host.endpoints().getFirst();
    west = host.endpoints().getLast();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void everyRegionHasAPortOfItsOwn() {
    assertThat(host.endpoints()).extracting(Endpoint::region).containsExactly(EAST, WEST);
    assertThat(east.url()).isNotEqualTo(west.url());
    try (EcrClient ecr = ecr(west, WEST)) {
      String uri = ecr.createRepository(r -> r.repositoryName("app")).repository().repositoryUri();
      assertThat(uri).isEqualTo(west.registryHost() + "/app");
    }
  }

  @Test
  void anApiCallIsRoutedByItsSignaturesRegion() {
    try (EcrClient throughEast = ecr(east, WEST);
        EcrClient ecr = ecr(east, EAST)) {
      throughEast.createRepository(r -> r.repositoryName("western"));
      assertThat(throughEast.describeRepositories().repositories()).hasSize(1);
      assertThat(ecr.describeRepositories().repositories()).isEmpty();
    }
  }

  @Test
  void theRoleForReplicationIsNotDeletedWhileAnyRegionReplicates() {
    try (EcrClient inEast = ecr(east, EAST);
        EcrClient inWest = ecr(west, WEST);
        IamClient iam = iam(west)) {
      replicate(inEast, "eu-west-1");
      replicate(inWest, "eu-west-1");
      assertThat(deleteRole(iam)).isEqualTo(DeletionTaskStatusType.FAILED);

      replicate(inEast);
      assertThat(deleteRole(iam)).isEqualTo(DeletionTaskStatusType.FAILED);

      replicate(inWest);
      assertThat(deleteRole(iam)).isEqualTo(DeletionTaskStatusType.SUCCEEDED);
    }
  }

  @Test
  void identitiesAreTheHostsWhereverItIs() {
    host.close();
    host = TestHosts.start(data, "eu-central-1", "eu-west-1");
    Endpoint ireland = host.endpoints().getLast();
    try (EcrClient ecr = ecr(ireland, "eu-west-1");
        IamClient iam = iam(ireland)) {
      replicate(ecr, "us-east-1");

      assertThat(iam.getRole(r -> r.roleName(ROLE)).role().arn()).contains(TestHosts.ACCOUNT);
    }
  }

  @Test
  void identitiesStayWhateverTheOrderOfTheRegions() {
    try (EcrClient ecr = ecr(east, EAST)) {
      replicate(ecr, "eu-west-1");
    }
    host.close();
    host = TestHosts.start(data, WEST, EAST);
    assertThat(host.endpoints()).extracting(Endpoint::region).containsExactly(WEST, EAST);
    try (IamClient iam = iam(host.endpoints().getFirst())) {
      assertThat(iam.getRole(r -> r.roleName(ROLE)).role().roleName()).isEqualTo(ROLE);
      assertThat(deleteRole(iam)).isEqualTo(DeletionTaskStatusType.FAILED);
    }
  }

  private static void replicate(EcrClient ecr, String... regions) {
    List<ReplicationRule> rules =
        Stream.of(regions)
            .map(
                region ->
                    ReplicationDestination.builder()
                        .region(region)
                        .registryId(TestHosts.ACCOUNT)
                        .build())
            .map(destination -> ReplicationRule.builder().destinations(destination).build())
            .toList();
    ecr.putReplicationConfiguration(r -> r.replicationConfiguration(c -> c.rules(rules)));
  }

  private static DeletionTaskStatusType deleteRole(IamClient iam) {
    String task = iam.deleteServiceLinkedRole(r -> r.roleName(ROLE)).deletionTaskId();
    return iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId(task)).status();
  }

  private IamClient iam(Endpoint at) {
    return IamClient.builder()
        .endpointOverride(URI.create(at.url()))
        .region(Region.AWS_GLOBAL)
        .credentialsProvider(credentials())
        .build();
  }

  @Test
  void aTokenOfAnotherRegionIsRefusedAsOne() throws Exception {
    assertThat(get(URI.create(west.url() + "/v2/"), token(WEST)).statusCode()).isEqualTo(200);
    var refused = get(URI.create(west.url() + "/v2/"), token(EAST));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("DENIED", EAST, WEST);
  }

  @Test
  void theHostsNameGoesBeforeThePort() throws IOException {
    String western = TestHosts.ACCOUNT + ".dkr.ecr." + WEST + ".amazonaws.com";
    assertThat(ping(east, western, token(WEST))).startsWith("HTTP/1.1 200 ");
    assertThat(ping(east, western, token(EAST))).startsWith("HTTP/1.1 403 ");
  }

  @Test
  void aRegionThatIsNotServedIsMisdirected() throws IOException {
    String elsewhere = TestHosts.ACCOUNT + ".dkr.ecr.eu-west-1.amazonaws.com";
    assertThat(ping(east, elsewhere, token(EAST)))
        .startsWith("HTTP/1.1 421 ")
        .contains("\"errors\"", "\"__type\"", EAST + ", " + WEST);
  }

  @Test
  void aDownloadLinkServesItsObjectUntilThatIsGone() throws Exception {
    URI link;
    try (EcrClient ecr = ecr(east, EAST)) {
      ecr.createRepository(r -> r.repositoryName("app"));
      String digest = push(ecr, "app");
      link =
          URI.create(
              ecr.getDownloadUrlForLayer(r -> r.repositoryName("app").layerDigest(digest))
                  .downloadUrl());
    }
    assertThat(get(link).body()).isEqualTo(new String(LAYER, ISO_8859_1));
    assertThat(get(link, "Range", "bytes=2-6").body()).isEqualTo("layer");
    assertThat(get(URI.create(link + "x")).statusCode()).isEqualTo(403);
    assertThat(send(HttpRequest.newBuilder(link).HEAD()).statusCode()).isEqualTo(403);

    String key = link.getPath().substring(link.getPath().lastIndexOf('/') + 1);
    try (Stream<Path> files = Files.walk(data.resolve(EAST).resolve("objects"))) {
      for (Path file : files.filter(file -> file.toString().contains(key)).toList()) {
        Files.delete(file);
      }
    }
    assertThat(get(link).statusCode()).isEqualTo(404);
  }

  @Test
  void secretsAreTheOwnersAlone() throws IOException {
    for (String name : List.of("secret", "root-keys")) {
      assertThat(Files.getPosixFilePermissions(data.resolve(name)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    assertThat(Files.getPosixFilePermissions(data.resolve(EAST)))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void theKeyAndItsTokensOutliveARestart() throws Exception {
    RootKey before = rootKey();
    String token = token(EAST);
    host.close();
    start();
    assertThat(rootKey()).isEqualTo(before);
    assertThat(get(URI.create(east.url() + "/v2/"), token).statusCode()).isEqualTo(200);
  }

  @Test
  void aPortInUseIsToldAndLeavesTheDataDirectoryFree(@TempDir Path other) throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var settings = TestHosts.settings(other, taken.getLocalPort());
      assertThatThrownBy(() -> LocalHost.start(settings))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("in use");
    }
    TestHosts.start(other).close();
  }

  @Test
  void theLastRegistrysPortMustExist(@TempDir Path other) {
    assertThatThrownBy(() -> LocalHost.start(TestHosts.settings(other, 65535, EAST, WEST)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("--port 65535")
        .hasMessageContaining("65536");
  }

  private static String push(EcrClient ecr, String repository) throws NoSuchAlgorithmException {
    String upload = ecr.initiateLayerUpload(r -> r.repositoryName(repository)).uploadId();
    ecr.uploadLayerPart(
        r ->
            r.repositoryName(repository)
                .uploadId(upload)
                .partFirstByte(0L)
                .partLastByte(LAYER.length - 1L)
                .layerPartBlob(SdkBytes.fromByteArray(LAYER)));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(LAYER);
    String digest = "sha256:" + HexFormat.of().formatHex(hash);
    ecr.completeLayerUpload(
        r -> r.repositoryName(repository).uploadId(upload).layerDigests(digest));
    return digest;
  }

  private RootKey rootKey() {
    return DataDirectory.readRootKeys(data).byAccount().get(TestHosts.ACCOUNT);
  }

  private EcrClient ecr(Endpoint endpoint, String region) {
    return EcrClient.builder()
        .endpointOverride(URI.create(endpoint.url()))
        .region(Region.of(region))
        .credentialsProvider(credentials())
        .build();
  }

  private StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(rootKey().accessKeyId(), rootKey().secretAccessKey()));
  }

  private String token(String region) {
    try (EcrClient ecr = ecr(east, region)) {
      return ecr.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
    }
  }

  private static HttpResponse<String> get(URI uri, String token) throws Exception {
    return get(uri, "Authorization", "Basic " + token);
  }

  private static HttpResponse<String> get(URI uri, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(uri);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString(ISO_8859_1));
    }
  }

  /** By hand, as a client of the JDK does not let its Host be chosen. */
  private static String ping(Endpoint endpoint, String name, String token) throws IOException {
    try (var socket = new Socket("127.0.0.1", URI.create(endpoint.url()).getPort())) {
      String request =
          "GET /v2/ HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nAuthorization: Basic %s\r\n\r\n"
              .formatted(name, token);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}

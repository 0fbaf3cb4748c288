package dev.berth.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.oci.Digest;
import dev.berth.local.audit.AuditQuery;
import dev.berth.local.audit.AuditReader;
import dev.berth.local.host.RootKeys.RootKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;

/** What a host keeps and shows of what was called. */
class AuditedHostTest {

  private static final byte[] LAYER = "the bytes of a layer".getBytes(UTF_8);
  private static final Digest DIGEST = Digest.sha256(LAYER);

  @TempDir Path data;
  private final List<String> secrets = new ArrayList<>();
  private LocalHost host;
  private String url;

  @BeforeEach
  void start() {
    host = TestHosts.start(data);
    url = host.endpoints().getFirst().url();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private StaticCredentialsProvider credentials() {
    RootKey key = DataDirectory.readRootKeys(data).byAccount().get(TestHosts.ACCOUNT);
    secrets.add(key.secretAccessKey());
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  private EcrClient ecr() {
    return EcrClient.builder()
        .endpointOverride(URI.create(url))
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials())
        .overrideConfiguration(c -> c.addExecutionInterceptor(new Signatures()))
        .build();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private HttpRequest.Builder to(String target, String token) {
    return HttpRequest.newBuilder(URI.create(url + target))
        .header("Authorization", "Basic " + token);
  }

  private List<JsonNode> audited() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    new AuditReader(DataDirectory.audit(data))
        .find(
            new AuditQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            (line, event) -> events.add(event));
    return events;
  }

  private String records() throws IOException {
    var text = new StringBuilder();
    try (Stream<Path> files = Files.list(DataDirectory.audit(data))) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  @Test
  void noSecretIsInTheRecordsOfAnyWire() throws Exception {
    try (EcrClient ecr = ecr();
        IamClient iam =
            IamClient.builder()
                .endpointOverride(URI.create(url))
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(credentials())
                .overrideConfiguration(c -> c.addExecutionInterceptor(new Signatures()))
                .build()) {
      ecr.createRepository(r -> r.repositoryName("app"));
      iam.listRolePolicies(r -> r.roleName("AWSServiceRoleForECRReplication"));
    } catch (software.amazon.awssdk.services.iam.model.NoSuchEntityException expected) {
      // recorded all the same
    }
    try (EcrClient ecr = ecr()) {
      String token =
          ecr.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
      secrets.add(token);
      secrets.add(new String(Base64.getDecoder().decode(token), UTF_8).substring("AWS:".length()));
      pushByApi(ecr);
      pushByOci(token);
      String link =
          ecr.getDownloadUrlForLayer(r -> r.repositoryName("app").layerDigest(DIGEST.toString()))
              .downloadUrl();
      secrets.add(link.substring(link.lastIndexOf('/') + 1));
      send(HttpRequest.newBuilder(URI.create(link)));
    }

    assertThat(secrets).hasSizeGreaterThan(9).allMatch(secret -> secret.length() > 15);
    assertThat(records()).contains("ListRolePolicies", "UploadLayerPart", "GetDownloadUrlForLayer");
    assertThat(secrets).noneMatch(records()::contains);
  }

  private void pushByApi(EcrClient ecr) {
    String upload = ecr.initiateLayerUpload(r -> r.repositoryName("app")).uploadId();
    ecr.uploadLayerPart(
        r ->
            r.repositoryName("app")
                .uploadId(upload)
                .partFirstByte(0L)
                .partLastByte(LAYER.length - 1L)
                .layerPartBlob(SdkBytes.fromByteArray(LAYER)));
    secrets.add(Base64.getEncoder().encodeToString(LAYER));
    secrets.add(new String(LAYER, UTF_8));
    ecr.completeLayerUpload(
        r -> r.repositoryName("app").uploadId(upload).layerDigests(DIGEST.toString()));
  }

  private void pushByOci(String token) throws Exception {
    String location =
        send(to("/v2/app/blobs/uploads/", token).POST(BodyPublishers.noBody()))
            .headers()
            .firstValue("Location")
            .orElseThrow();
    secrets.add(location.split("_state=")[1]);
    location =
        send(to(location, token).method("PATCH", BodyPublishers.ofByteArray(LAYER)))
            .headers()
            .firstValue("Location")
            .orElseThrow();
    secrets.add(location.split("_state=")[1]);
    assertThat(
            send(to(location + "&digest=" + DIGEST, token).PUT(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(201);
  }

  @Test
  void recordsAreThereBeforeTheAnswerIs() throws IOException {
    try (EcrClient ecr = ecr()) {
      ecr.createRepository(r -> r.repositoryName("app"));
      assertThat(audited())
          .extracting(event -> event.path("eventName").asText())
          .containsExactly("CreateRepository");
    }
    JsonNode event = audited().getFirst();
    assertThat(event.path("sourceIPAddress").asText()).isEqualTo("127.0.0.1");
    assertThat(event.path("awsRegion").asText()).isEqualTo("us-east-1");
  }

  @Test
  void recordsOutliveARestart() throws IOException {
    try (EcrClient ecr = ecr()) {
      ecr.describeRepositories();
    }
    host.close();
    start();
    try (EcrClient ecr = ecr()) {
      ecr.describeRepositories();
    }
    assertThat(audited()).hasSize(2);
  }

  @Test
  void metricsAreAPageForPrometheus() throws Exception {
    try (EcrClient ecr = ecr()) {
      ecr.describeRepositories();
    }
    var page = send(HttpRequest.newBuilder(URI.create(url + "/metrics")));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4");
    assertThat(page.body())
        .contains(
            "berth_call_count_total{service=\"ECR\",type=\"API\",resource=\"DescribeRepositories\","
                + "class=\"None\",account=\"123456789012\",region=\"us-east-1\"} 1\n",
            "berth_audit_records_lost_total 0\n");
  }

  @Test
  void metricsAreNotShownThroughAProxy() throws Exception {
    var page =
        send(
            HttpRequest.newBuilder(URI.create(url + "/metrics"))
                .header("X-Forwarded-For", "203.0.113.12"));

    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("loopback");
  }

  /** Remembers the signatures of what is sent. */
  private final class Signatures implements ExecutionInterceptor {

    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      context
          .httpRequest()
          .firstMatchingHeader("Authorization")
          .ifPresent(header -> secrets.add(header.substring(header.indexOf("Signature=") + 10)));
    }
  }
}

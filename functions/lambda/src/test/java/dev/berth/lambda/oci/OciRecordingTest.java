package dev.berth.lambda.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.audit.AuditJson;
import dev.berth.core.audit.AuditRecord;
import dev.berth.core.audit.AuditResource;
import dev.berth.core.audit.CallError;
import dev.berth.core.oci.Digest;
import dev.berth.core.throttle.Rate;
import dev.berth.core.usage.ApiActions;
import dev.berth.core.usage.CallCounts;
import dev.berth.core.usage.CallCounts.CallCount;
import dev.berth.lambda.Throttles;
import dev.berth.lambda.audit.CallRecorder;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is recorded of exchanges. */
class OciRecordingTest {

  private static final byte[] LAYER = "a layer".getBytes(UTF_8);
  private static final Digest DIGEST = Digest.sha256(LAYER);
  private static final String MANIFEST =
      """
      {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
      "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":7},\
      "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":7}]}\
      """
          .formatted(DIGEST, DIGEST);

  private final List<AuditRecord> audited = new ArrayList<>();
  private final CallCounts counts = new CallCounts();
  private final TestRegistry registry =
      new TestRegistry(new MemoryTable(), new MemoryObjects(MemoryObjects.FIVE_MIB));
  private OciApi api;

  OciRecordingTest() {
    registry.recorder(new CallRecorder(audited::add, counts, Clock.systemUTC()));
    registry.createRepository("app", false);
    api = registry.api();
  }

  private Response send(String method, String target, InputStream body, String... headers)
      throws IOException {
    int query = target.indexOf('?');
    byte[] credentials = ("AWS:" + registry.token()).getBytes(UTF_8);
    return api.handle(
        new Request(
            method,
            query < 0 ? target : target.substring(0, query),
            query < 0 ? "" : target.substring(query + 1),
            "localhost",
            TestRegistry.ADDRESS,
            Headers.of(headers)
                .with("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
                .with("User-Agent", "skopeo/1"),
            body,
            OptionalLong.empty(),
            "203.0.113.12",
            false,
            "id"));
  }

  private Response send(String method, String target, String... headers) throws IOException {
    return send(method, target, InputStream.nullInputStream(), headers);
  }

  private static InputStream bytes(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private String begin() throws IOException {
    return send("POST", "/v2/app/blobs/uploads/").headers().first("Location").orElseThrow();
  }

  private void pushLayer() throws IOException {
    String location = send("PATCH", begin(), bytes(LAYER)).headers().first("Location").get();
    assertThat(send("PUT", location + "&digest=" + DIGEST).status()).isEqualTo(201);
  }

  private void push() throws IOException {
    pushLayer();
    send("PUT", "/v2/app/manifests/1", bytes(MANIFEST.getBytes(UTF_8)));
  }

  private JsonNode parameters() {
    return audited.getLast().requestParameters().orElseThrow();
  }

  private JsonNode elements() {
    return audited.getLast().responseElements().orElseThrow();
  }

  private String code() {
    return audited.getLast().error().map(CallError::code).orElse("");
  }

  @Test
  void aPushIsTheActionsThatItIs() throws IOException {
    push();

    assertThat(audited)
        .extracting(AuditRecord::eventName)
        .containsExactly(
            "InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "PutImage");
    assertThat(audited)
        .allSatisfy(
            event -> {
              assertThat(event.error()).isEmpty();
              assertThat(event.userAgent()).isEqualTo("skopeo/1");
              assertThat(event.sourceIpAddress()).isEqualTo("203.0.113.12");
              assertThat(event.resources())
                  .containsExactly(AuditResource.repository("us-east-1", "123456789012", "app"));
            });
    assertThat(counts.counts()).contains(new CallCount("123456789012", "PutImage", 1, 0));
  }

  @Test
  void aPartIsRecordedWithItsBytesPlaces() throws IOException {
    String location = send("PATCH", begin(), bytes(LAYER)).headers().first("Location").get();
    assertThat(parameters().path("partFirstByte").asLong()).isZero();
    assertThat(parameters().path("partLastByte").asLong()).isEqualTo(6);
    assertThat(elements().path("lastByteReceived").asLong()).isEqualTo(6);

    send("PATCH", location, bytes(LAYER), "Content-Range", "7-13");
    assertThat(parameters().path("partFirstByte").asLong()).isEqualTo(7);
    assertThat(parameters().path("uploadId").asText())
        .isEqualTo(location.substring(location.lastIndexOf('/') + 1, location.indexOf('?')));
  }

  @Test
  void theStateOfAnUploadIsInNoRecord() throws IOException {
    String state = begin().split("_state=")[1];
    push();
    send("PATCH", "/v2/app/blobs/uploads/x?_state=" + state, bytes(LAYER));

    assertThat(audited)
        .allSatisfy(
            event ->
                assertThat(new String(AuditJson.line(event), UTF_8))
                    .doesNotContain(state, "_state"));
  }

  @Test
  void anImageThatIsRefusedUnreadIsNotRecordedAsAnEmptyOne() throws IOException {
    send("PUT", "/v2/missing/manifests/1", bytes(MANIFEST.getBytes(UTF_8)));

    assertThat(audited.getLast().error()).isPresent();
    assertThat(parameters().path("imageTag").asText()).isEqualTo("1");
    assertThat(parameters().path("imageManifest").asText(MANIFEST)).isEqualTo(MANIFEST);
  }

  @Test
  void anImageIsRecordedInTheShapeOfTheGuidesEntry() throws IOException {
    push();

    String digest = Digest.sha256(MANIFEST.getBytes(UTF_8)).toString();
    assertThat(parameters().path("imageTag").asText()).isEqualTo("1");
    assertThat(parameters().path("imageManifest").asText()).isEqualTo(MANIFEST);
    assertThat(elements().at("/image/imageId/imageDigest").asText()).isEqualTo(digest);
    assertThat(elements().at("/image/imageId/imageTag").asText()).isEqualTo("1");
    assertThat(elements().at("/image/imageManifest").asText()).isEqualTo(MANIFEST);
    assertThat(elements().at("/image/registryId").asText()).isEqualTo("123456789012");
  }

  @Test
  void aPullIsTheActionsThatItIs() throws IOException {
    push();
    send("GET", "/v2/app/manifests/1", "Accept", "application/json;q=0.5, text/plain");
    assertThat(parameters().at("/imageIds/0/imageTag").asText()).isEqualTo("1");
    assertThat(parameters().path("acceptedMediaTypes").toString())
        .isEqualTo("[\"application/json\",\"text/plain\"]");
    assertThat(audited.getLast().responseElements()).isEmpty();
    send("HEAD", "/v2/app/blobs/" + DIGEST);
    send("GET", "/v2/app/blobs/" + DIGEST);
    assertThat(parameters().path("layerDigest").asText()).isEqualTo(DIGEST.toString());

    assertThat(audited.subList(4, 7))
        .extracting(AuditRecord::eventName)
        .containsExactly("BatchGetImage", "BatchCheckLayerAvailability", "GetDownloadUrlForLayer");
  }

  @Test
  void aMountIsAlsoARead() throws IOException {
    pushLayer();
    registry.createRepository("other", false);
    audited.clear();
    String mount = "/v2/other/blobs/uploads/?mount=%s&from=app".formatted(DIGEST);

    assertThat(send("POST", mount).status()).isEqualTo(201);

    assertThat(audited)
        .extracting(AuditRecord::eventName)
        .containsExactly("InitiateLayerUpload", "GetDownloadUrlForLayer");
    assertThat(parameters().path("repositoryName").asText()).isEqualTo("app");
    assertThat(audited.getFirst().responseElements().orElseThrow().path("layerDigest").asText())
        .isEqualTo(DIGEST.toString());

    registry.deny("GetDownloadUrlForLayer", "app");
    api = registry.api();
    assertThat(send("POST", mount).status()).isEqualTo(202);
    assertThat(code()).isEqualTo("AccessDeniedException");
  }

  @Test
  void aDeniedExchangeIsRecorded() throws IOException {
    registry.deny("BatchGetImage", "app");
    api = registry.api();

    send("GET", "/v2/app/manifests/1");

    assertThat(audited.getLast().eventName()).isEqualTo("BatchGetImage");
    assertThat(code()).isEqualTo("AccessDeniedException");
  }

  @Test
  void aThrottledExchangeIsRecordedAndCounted() throws IOException {
    registry.throttle(Throttles.of(new Rate(0.001, 1)));
    api = registry.api();
    send("GET", "/v2/app/tags/list");
    send("GET", "/v2/app/tags/list");

    assertThat(code()).isEqualTo("ThrottlingException");
    assertThat(counts.counts()).contains(new CallCount("123456789012", "ListImages", 2, 1));
  }

  @Test
  void whatTheRegistryRefusesIsRecordedByEcrsCode() throws IOException {
    send("GET", "/v2/app/manifests/none");
    assertThat(code()).isEqualTo("ImageNotFoundException");
    send("GET", "/v2/none/tags/list");
    assertThat(code()).isEqualTo("RepositoryNotFoundException");
    send("GET", "/v2/app/blobs/" + DIGEST);
    assertThat(code()).isEqualTo("LayersNotFoundException");
    send("PUT", "/v2/app/manifests/1", bytes("x".getBytes(UTF_8)));
    assertThat(code()).isEqualTo("InvalidParameterException");
  }

  @Test
  void anUploadThatIsBrokenOffIsRecordedAsAFailure() throws IOException {
    InputStream brokenOff = new SequenceInputStream(bytes(LAYER), new BrokenOff());

    assertThat(send("PATCH", begin(), brokenOff).status()).isEqualTo(400);

    assertThat(audited.getLast().eventName()).isEqualTo("UploadLayerPart");
    assertThat(code()).isEqualTo("InvalidParameterException");
  }

  @Test
  void aManifestThatIsBrokenOffIsRecordedAsAFailure() {
    assertThatThrownBy(() -> send("PUT", "/v2/app/manifests/1", new BrokenOff()))
        .isInstanceOf(IOException.class);

    assertThat(audited.getLast().eventName()).isEqualTo("PutImage");
    assertThat(code()).isEqualTo("InvalidParameterException");
  }

  @Test
  void aPingAndAStrangerAreNotRecorded() throws IOException {
    send("GET", "/v2/");
    api.handle(
        new Request(
            "GET",
            "/v2/app/tags/list",
            "",
            "localhost",
            TestRegistry.ADDRESS,
            Headers.of("Authorization", "Basic QVdTOm5v"),
            InputStream.nullInputStream(),
            OptionalLong.empty(),
            "203.0.113.12",
            false,
            "id"));

    assertThat(audited).isEmpty();
    assertThat(counts.counts()).isEmpty();
  }

  @Test
  void everyActionOfTheRouteTableIsCounted() throws IOException {
    String digest = "/v2/app/blobs/" + DIGEST;
    send("GET", "/v2/_catalog");
    send("GET", "/v2/app/referrers/" + DIGEST);
    send("DELETE", "/v2/app/manifests/1");
    push();
    send("HEAD", digest);
    send("GET", digest);
    send("GET", "/v2/app/manifests/1");
    send("GET", "/v2/app/tags/list");

    assertThat(audited).hasSize(11).allMatch(event -> ApiActions.isCounted(event.eventName()));
    assertThat(counts.counts()).hasSize(11);
  }

  private static final class BrokenOff extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the client broke the connection off");
    }
  }
}

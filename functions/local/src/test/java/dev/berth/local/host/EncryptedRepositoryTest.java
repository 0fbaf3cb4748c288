package dev.berth.local.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.Digest;
import dev.berth.local.host.RootKeys.RootKey;
import dev.berth.local.kms.LocalKey;
import dev.berth.local.kms.LocalKey.State;
import dev.berth.local.kms.LocalKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.KmsException;

/**
 * Pushes and pulls, as docker does them, of a repository with a key; the key changes as the
 * commands change it, by the files.
 */
class EncryptedRepositoryTest {

  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  /** More than a part of an upload, and than many segments of an encrypted file. */
  private static final byte[] LAYER = layer();

  private static final Digest DIGEST = Digest.sha256(LAYER);
  private static final String IMAGE =
      """
      {"schemaVersion":2,"mediaType":"%1$s",
       "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%2$s","size":%3$d},
       "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%2$s","size":%3$d}]}
      """
          .formatted(MANIFEST, DIGEST, LAYER.length);

  @TempDir Path data;
  private final HttpClient http = HttpClient.newHttpClient();
  private LocalHost host;
  private EcrClient ecr;
  private String token;
  private LocalKeys keys;
  private LocalKey key;

  /** Text again and again, so that it would be found on the disk; not all of it the same. */
  private static byte[] layer() {
    byte[] bytes = "the plain bytes of a layer, ".repeat(400_000).getBytes(ISO_8859_1);
    byte[] some = new byte[1 << 20];
    new Random(7).nextBytes(some);
    System.arraycopy(some, 0, bytes, 9 << 20, some.length);
    return bytes;
  }

  @BeforeEach
  void start() {
    host = TestHosts.start(data);
    RootKey root = DataDirectory.readRootKeys(data).byAccount().get(TestHosts.ACCOUNT);
    ecr =
        EcrClient.builder()
            .endpointOverride(URI.create(host.endpoints().getFirst().url()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(root.accessKeyId(), root.secretAccessKey())))
            .build();
    token = ecr.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
    keys = new LocalKeys(DataDirectory.keys(data, "us-east-1"), "us-east-1", TestHosts.ACCOUNT);
    key = keys.create();
    keys.name(key, "alias/team");
    create("app");
  }

  private void create(String repository) {
    ecr.createRepository(
        r ->
            r.repositoryName(repository)
                .encryptionConfiguration(
                    e -> e.encryptionType(EncryptionType.KMS).kmsKey("alias/team")));
  }

  @AfterEach
  void stop() {
    ecr.close();
    http.close();
    host.close();
  }

  @Test
  void whatIsPushedIsPulledAndNotReadOnTheDisk() throws Exception {
    push();

    assertThat(get("blobs/" + DIGEST).body()).isEqualTo(LAYER);
    assertThat(get("manifests/v1").body()).asString(UTF_8).isEqualTo(IMAGE);
    // records of PutImage show manifests, as CloudTrail's do, but never a layer
    Path records = DataDirectory.audit(data);
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.startsWith(records)) {
          assertThat(Files.readString(file)).doesNotContain("the plain bytes of a layer");
          continue;
        }
        assertThat(Files.readString(file, ISO_8859_1))
            .as(file.toString())
            .doesNotContain("the plain bytes of a layer", "schemaVersion");
      }
    }
  }

  @Test
  void aRangeIsThatOfThePlainBytes() throws Exception {
    push();
    int from = (9 << 20) - 5;
    var answer = get("blobs/" + DIGEST, "Range", "bytes=%d-%d".formatted(from, from + 199_999));

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(LAYER, from, from + 200_000));
  }

  @Test
  void aDownloadLinkServesThePlainBytesWhileTheKeyIsEnabled() throws Exception {
    push();
    URI link =
        URI.create(
            ecr.getDownloadUrlForLayer(r -> r.repositoryName("app").layerDigest(DIGEST.toString()))
                .downloadUrl());

    assertThat(send(HttpRequest.newBuilder(link)).body()).isEqualTo(LAYER);

    keys.change(key, State.Disabled);
    var refused = send(HttpRequest.newBuilder(link));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).asString(UTF_8).contains(key.arn() + " is disabled.");
  }

  @Test
  void aDisabledKeyDeniesPullsAndPushesUntilItIsEnabled() throws Exception {
    push();
    keys.change(key, State.Disabled);

    for (var refused :
        new HttpResponse<?>[] {
          get("blobs/" + DIGEST),
          get("manifests/v1"),
          send(at("blobs/uploads/").POST(BodyPublishers.noBody())),
          put("manifests/v2", IMAGE.replace("\n", ""))
        }) {
      assertThat(refused.statusCode()).as(refused.request().toString()).isEqualTo(403);
      assertThat(new String((byte[]) refused.body(), UTF_8))
          .contains("\"DENIED\"", key.arn() + " is disabled.");
    }
    assertThatThrownBy(() -> create("other"))
        .isInstanceOfSatisfying(
            KmsException.class, e -> assertThat(e.kmsError()).isEqualTo("DisabledException"));
    assertThat(send(at("blobs/" + DIGEST).HEAD()).statusCode()).isEqualTo(200);

    keys.change(key, State.Enabled);

    assertThat(get("blobs/" + DIGEST).body()).isEqualTo(LAYER);
    assertThat(get("manifests/v1").statusCode()).isEqualTo(200);
    assertThat(put("manifests/v2", IMAGE.replace("\n", "")).statusCode()).isEqualTo(201);
  }

  @Test
  void anUploadUnderWayIsDeniedWhenItsKeyIsDisabled() throws Exception {
    var begun = send(at("blobs/uploads/").POST(BodyPublishers.noBody()));
    keys.change(key, State.Disabled);

    var refused = send(to(begun, "digest=" + DIGEST).PUT(BodyPublishers.ofByteArray(LAYER)));

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).asString(UTF_8).contains("\"DENIED\"", key.arn().toString());
  }

  @Test
  void aChangedFileBreaksThePullOff() throws Exception {
    push();
    try (Stream<Path> files = Files.walk(data.resolve("us-east-1/objects/objects"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }

    assertThatThrownBy(() -> get("blobs/" + DIGEST)).isInstanceOf(IOException.class);
  }

  @Test
  void layersAreSharedAmongRepositoriesOfOneKeyOnly() throws Exception {
    push();
    create("same");
    ecr.createRepository(r -> r.repositoryName("plain"));
    String mount = "/blobs/uploads/?from=app&mount=" + DIGEST;

    assertThat(post("same" + mount).statusCode()).isEqualTo(201);
    assertThat(post("plain" + mount).statusCode()).isEqualTo(202);
  }

  @Test
  void aRestartReadsWhatWasWritten() throws Exception {
    push();
    host.close();
    host = TestHosts.start(data);

    assertThat(get("blobs/" + DIGEST).body()).isEqualTo(LAYER);
  }

  private void push() throws Exception {
    var begun = send(at("blobs/uploads/").POST(BodyPublishers.noBody()));
    var sent = send(to(begun, "").method("PATCH", BodyPublishers.ofByteArray(LAYER)));
    assertThat(sent.statusCode()).isEqualTo(202);
    var done = send(to(sent, "digest=" + DIGEST).PUT(BodyPublishers.noBody()));
    assertThat(done.statusCode()).isEqualTo(201);
    assertThat(put("manifests/v1", IMAGE).statusCode()).isEqualTo(201);
  }

  private HttpResponse<byte[]> post(String path) throws Exception {
    URI uri = URI.create(host.endpoints().getFirst().url() + "/v2/" + path);
    return send(authorized(uri).POST(BodyPublishers.noBody()));
  }

  private HttpResponse<byte[]> put(String path, String manifest) throws Exception {
    return send(at(path).header("Content-Type", MANIFEST).PUT(BodyPublishers.ofString(manifest)));
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    var request = at(path).header("Accept", MANIFEST);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpRequest.Builder at(String path) {
    return authorized(URI.create(host.endpoints().getFirst().url() + "/v2/app/" + path));
  }

  private HttpRequest.Builder to(HttpResponse<?> before, String query) {
    String location = before.headers().firstValue("Location").orElseThrow();
    String separator = location.contains("?") ? "&" : "?";
    URI base = URI.create(host.endpoints().getFirst().url());
    return authorized(base.resolve(query.isEmpty() ? location : location + separator + query));
  }

  private HttpRequest.Builder authorized(URI uri) {
    return HttpRequest.newBuilder(uri).header("Authorization", "Basic " + token);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }
}

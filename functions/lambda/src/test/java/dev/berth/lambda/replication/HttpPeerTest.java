package dev.berth.lambda.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.replication.PeerAgreement;
import dev.berth.core.replication.PeerAgreements;
import dev.berth.core.replication.PeerSecret;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.core.sigv4.ExpectedScope;
import dev.berth.core.sigv4.SigV4Verifier;
import dev.berth.core.sigv4.SignedRequest;
import dev.berth.core.sigv4.Verification;
import dev.berth.core.sigv4.Verification.Verified;
import dev.berth.lambda.NoDownloads;
import dev.berth.registry.image.StoredManifest;
import dev.berth.registry.replication.Peer;
import dev.berth.registry.replication.Peer.ImageAnswer;
import dev.berth.registry.replication.Peer.ImageOffer;
import dev.berth.registry.replication.Peer.LayerAnswer;
import dev.berth.registry.replication.Peer.LayerOffer;
import dev.berth.registry.replication.PeerException;
import dev.berth.registry.replication.PeerException.Failed;
import dev.berth.registry.replication.PeerException.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPeerTest {

  private static final String ACCOUNT = "111122223333";
  private static final Destination WEST = new Destination("us-west-2", "444455556666");
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final StoredManifest MANIFEST =
      new StoredManifest(
          Digest.sha256("{\"ü\":1}".getBytes(UTF_8)),
          MediaTypes.OCI_IMAGE,
          "{\"ü\":1}".getBytes(UTF_8));
  private static final Digest LAYER = Digest.sha256(new byte[0]);

  private final PeerSecret secret =
      PeerSecret.of("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
  private final Clock clock = Clock.systemUTC();

  private HttpServer server;
  private HttpClient client;
  private Peer peer;
  private volatile SignedRequest received;
  private volatile int status = 200;
  private volatile String answer = "{}";

  @BeforeEach
  void listen() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    client = HttpPeers.client(SSLContext.getDefault());
    peer = peers(Optional.of(endpoint())).peer(ACCOUNT, WEST);
  }

  @AfterEach
  void end() {
    client.shutdownNow();
    server.stop(0);
  }

  private URI endpoint() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  private HttpPeers peers(Optional<URI> endpoint) {
    return new HttpPeers(
        new PeerAgreements(
            List.of(
                new PeerAgreement("us-west-2", false, any -> false, secret),
                new PeerAgreement("us-west-1", false, any -> false, PeerSecret.random()))),
        region ->
            endpoint
                .filter(any -> region.startsWith("us-west-"))
                .map(uri -> new PeerSite(uri, client, new NoDownloads(), new NoDownloads())),
        "us-east-1",
        clock);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var headers = new TreeMap<String, List<String>>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    received =
        new SignedRequest(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            "",
            headers,
            exchange.getRequestBody().readAllBytes());
    byte[] body = answer.getBytes(UTF_8);
    if (status / 100 == 3) {
      exchange.getResponseHeaders().set("Location", endpoint() + "/elsewhere");
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void anImageIsOfferedAsTheContractSays() throws Exception {
    answer = imageAnswer("\"complete\":true");

    ImageAnswer taken = peer.replicateImage(new ImageOffer(APP, MANIFEST, tag()));

    assertThat(taken).isEqualTo(new ImageAnswer(List.of(), List.of(), true));
    assertThat(received.headers().get("x-amz-target"))
        .containsExactly("AmazonEC2ContainerRegistry_V20150921.ReplicateImage");
    assertThat(body())
        .isEqualTo(
            JsonMapper.builder()
                .build()
                .valueToTree(
                    Map.of(
                        "registryId", "444455556666",
                        "repositoryName", "team/app",
                        "sourceRegion", "us-east-1",
                        "imageDigest", MANIFEST.digest().toString(),
                        "imageManifest", "{\"ü\":1}",
                        "imageManifestMediaType", MediaTypes.OCI_IMAGE,
                        "imageTag", "latest")));
  }

  @Test
  void aRequestIsSignedAsTheReplicationRoleOfTheSource() throws Exception {
    answer = imageAnswer("\"complete\":true");
    peer.replicateImage(new ImageOffer(APP, MANIFEST, Optional.empty()));

    var verification =
        new SigV4Verifier(clock)
            .verify(received, new ExpectedScope("ecr", "us-west-2"::equals), this::key);

    assertThat(verification).isInstanceOf(Verified.class);
    assertThat(body().has("imageTag")).isFalse();
  }

  private Optional<AccessKey> key(String id) {
    return PeerSecret.source(id)
        .filter(new Source(ACCOUNT, "us-east-1")::equals)
        .map(secret::credentials)
        .map(
            keys ->
                new AccessKey(
                    id,
                    keys.secretKey(),
                    new Principal(
                        ACCOUNT,
                        "arn:aws:sts::111122223333:assumed-role/r/s",
                        "AROA:s",
                        id,
                        Optional.of(
                            new Session(
                                Instant.EPOCH,
                                clock.instant().plusSeconds(60),
                                Optional.empty(),
                                List.of(),
                                Map.of()))),
                    Optional.of(keys.sessionToken())));
  }

  @Test
  void whatIsMissingIsTold() throws Exception {
    answer =
        imageAnswer(
            "\"missing\":{\"layers\":[\"%s\"],\"images\":[\"%s\"]},\"complete\":false"
                .formatted(LAYER, MANIFEST.digest()));

    assertThat(peer.replicateImage(new ImageOffer(APP, MANIFEST, tag())))
        .isEqualTo(new ImageAnswer(List.of(LAYER), List.of(MANIFEST.digest()), false));
  }

  @Test
  void aLayerIsOfferedWithItsLinkIfThereIsOne() throws Exception {
    answer = "{\"layerDigest\":\"%s\",\"received\":7,\"complete\":false}".formatted(LAYER);

    assertThat(layer(Optional.of(URI.create("http://localhost/x?y=1"))))
        .isEqualTo(new LayerAnswer(7, false));
    assertThat(body().path("layerUrl").textValue()).isEqualTo("http://localhost/x?y=1");
    assertThat(body().path("layerSize").longValue()).isEqualTo(12);
    layer(Optional.empty());
    assertThat(body().has("layerUrl")).isFalse();
  }

  private LayerAnswer layer(Optional<URI> url) throws InterruptedException {
    return peer.replicateLayer(new LayerOffer(APP, LAYER, 12, url));
  }

  @ParameterizedTest
  @CsvSource({
    "400,AccessDeniedException,true",
    "400,RepositoryNotFoundException,true",
    "400,KmsException,true",
    "400,ImageDigestDoesNotMatchException,true",
    "400,InvalidLayerException,true",
    "400,ThrottlingException,false",
    "400,LimitExceededException,false",
    "400,UnrecognizedClientException,true",
    "404,UnknownOperationException,false",
    "500,ServerException,false"
  })
  void whatDoesNotPassByItselfIsARefusal(int code, String type, boolean lasting) {
    status = code;
    answer = "{\"__type\":\"%s\",\"message\":\"because\"}".formatted(type);

    assertThatThrownBy(() -> peer.replicateImage(new ImageOffer(APP, MANIFEST, tag())))
        .isInstanceOf(lasting ? Refused.class : Failed.class)
        .hasMessage("because")
        .extracting(e -> ((PeerException) e).code())
        .isEqualTo(type);
  }

  @Test
  void aLayerOfAnotherDigestIsARefusal() {
    status = 400;
    answer = "{\"__type\":\"InvalidLayerException\",\"message\":\"another digest\"}";

    assertThatThrownBy(() -> layer(Optional.empty()))
        .isInstanceOf(Refused.class)
        .hasMessage("another digest");
  }

  @Test
  void aRepositoryThatGoesWhileALayerComesMayBeMadeAnew() {
    status = 400;
    answer = "{\"__type\":\"com.amazonaws.ecr#RepositoryNotFoundException\",\"message\":\"gone\"}";

    assertThat(catchThrowableOfType(Failed.class, () -> layer(Optional.empty())).code())
        .isEqualTo("RepositoryNotFoundException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "<html>",
        "{",
        "{}",
        "{\"complete\":\"true\"}",
        "{\"complete\":true}",
        "{\"complete\":false,\"missing\":{\"layers\":\"sha256:1\"}}",
        "{\"complete\":false,\"missing\":{\"layers\":[\"sha256:1\"]}}",
        "{\"complete\":false,\"missing\":{\"images\":[7]}}",
        "{\"complete\":true,\"imageId\":{\"imageDigest\":\"sha256:1\"}}"
      })
  void garbageIsAFailure(String body) {
    answer = body;

    assertGarbage();
    status = 500;
    assertGarbage();
  }

  private void assertGarbage() {
    assertThat(
            catchThrowableOfType(
                    Failed.class,
                    () -> peer.replicateImage(new ImageOffer(APP, MANIFEST, Optional.empty())))
                .code())
        .isEqualTo("InvalidAnswerException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"7\"", "7.5", "null", "1e99", "{}"})
  void aNumberOfBytesIsAnInteger(String received) {
    answer =
        "{\"layerDigest\":\"%s\",\"received\":%s,\"complete\":true}".formatted(LAYER, received);

    assertThatThrownBy(() -> layer(Optional.empty())).isInstanceOf(Failed.class);
  }

  @Test
  void anAnswerWithoutAnEndIsCutOff() {
    answer = "{\"complete\":true,\"more\":\"" + "x".repeat(2 << 20) + "\"}";

    assertThatThrownBy(() -> peer.replicateImage(new ImageOffer(APP, MANIFEST, tag())))
        .isInstanceOf(Failed.class);
  }

  @Test
  void aRedirectIsNotFollowed() {
    status = 307;

    assertThatThrownBy(() -> peer.replicateImage(new ImageOffer(APP, MANIFEST, tag())))
        .isInstanceOf(Failed.class);
    assertThat(received.path()).isEqualTo("/");
  }

  @Test
  void nobodyListensThere() {
    server.stop(0);

    assertThat(catchThrowableOfType(Failed.class, () -> layer(Optional.empty())).code())
        .isEqualTo("UnreachableException");
  }

  @Test
  void aRegionThatIsNotKnownIsARefusal() {
    assertThat(
            catchThrowableOfType(
                    Refused.class,
                    () ->
                        peers(Optional.of(endpoint()))
                            .peer(ACCOUNT, new Destination("eu-west-1", ACCOUNT)))
                .code())
        .isEqualTo("RegionNotConfiguredException");
  }

  @Test
  void aRegionWithoutAnAgreementIsNotCalled() {
    assertThat(
            catchThrowableOfType(
                    Refused.class,
                    () ->
                        peers(Optional.of(endpoint()))
                            .peer(ACCOUNT, new Destination("us-west-3", ACCOUNT)))
                .code())
        .isEqualTo("RegionNotConfiguredException");
  }

  @Test
  void eachRegionHasASecretOfItsOwn() throws Exception {
    answer = imageAnswer("\"complete\":true");
    peers(Optional.of(endpoint()))
        .peer(ACCOUNT, new Destination("us-west-1", ACCOUNT))
        .replicateImage(new ImageOffer(APP, MANIFEST, Optional.empty()));

    assertThat(
            new SigV4Verifier(clock)
                .verify(received, new ExpectedScope("ecr", "us-west-1"::equals), this::key))
        .isInstanceOf(Verification.Refused.class);
  }

  private static Optional<Tag> tag() {
    return Optional.of(new Tag("latest"));
  }

  private static String imageAnswer(String more) {
    return "{\"imageId\":{\"imageDigest\":\"%s\"},%s}".formatted(MANIFEST.digest(), more);
  }

  private JsonNode body() throws IOException {
    return JsonMapper.builder().build().readTree(received.body());
  }
}

package dev.berth.lambda.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.lambda.oci.OciClient.Answer;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every edge has in common for the suites of the wire: a client, two repositories of the
 * test's own, and what is pushed to them again and again.
 */
abstract class ExchangesFixture {

  static final String OCI_IMAGE = MediaTypes.OCI_IMAGE;

  private final String name = "team/app-" + UUID.randomUUID();
  private OciClient client;

  /** The registry under test, kept for the test's time. */
  protected abstract TestRegistry registry();

  /** Where it answers, without a path. */
  protected abstract URI uri();

  /** The largest body of a request that the edge lets through, in bytes. */
  protected abstract long maxBody();

  /** The header that the challenge comes in: an edge may have to rename it. */
  protected String challengeHeader() {
    return "WWW-Authenticate";
  }

  /** How the edge's clients reach it, http or https, as far as it tells its handler. */
  protected String scheme() {
    return "http";
  }

  /** The object behind a link, for an edge that answers blobs by links. */
  protected byte[] linked(URI link) {
    throw new AssertionError("this edge sends blobs itself, not " + link);
  }

  @BeforeEach
  void newRepository() {
    registry().createRepository(name, false);
    client = OciClient.of(uri(), registry().token());
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  OciClient client() {
    return client;
  }

  /** The test's own repository. */
  String name() {
    return name;
  }

  String path(String rest) {
    return "/v2/" + name + rest;
  }

  /** Skips a test whose requests the edge does not let through. */
  void needsBodiesOf(long bytes) {
    assumeTrue(bytes <= maxBody(), () -> "the edge takes bodies of at most " + maxBody());
  }

  String begin() {
    return client.post(path("/blobs/uploads/")).is(202).location();
  }

  Digest pushBlob(byte[] bytes) {
    Digest digest = Digest.sha256(bytes);
    client.put(begin() + "&digest=" + digest, bytes).is(201);
    return digest;
  }

  byte[] pull(Digest digest) {
    Answer answer = client.get(path("/blobs/" + digest));
    return answer.status() == 307
        ? linked(URI.create(answer.location()))
        : answer.is(200).hasDigest(digest).body();
  }

  Answer pushManifest(String reference, String manifest) {
    return client.put(
        path("/manifests/" + reference), manifest.getBytes(UTF_8), "Content-Type", OCI_IMAGE);
  }

  /** An image with a config and a layer, pushed in whole. */
  byte[] pushImage(String tag, String note) {
    pushBlob(Samples.CONFIG);
    pushBlob(Samples.bytes(100));
    String image = Samples.image(Samples.CONFIG, Optional.empty(), note, Samples.bytes(100));
    pushManifest(tag, image).is(201);
    return image.getBytes(UTF_8);
  }

  static Digest sha512(byte[] bytes) {
    return Algorithm.SHA512.digest(bytes);
  }

  static Iterable<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** The path that a Link header leads to. */
  static String next(Answer answer) {
    String link = answer.header("Link").orElseThrow();
    assertThat(link).endsWith(">; rel=\"next\"");
    return link.substring(1, link.indexOf('>'));
  }
}

package dev.berth.lambda.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.quota.Quotas;
import dev.berth.lambda.handler.ApiFunction;
import dev.berth.lambda.handler.LambdaEdge;
import dev.berth.lambda.oci.OciClient.Answer;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas over {@code /v2/}: ECR answers 403 DENIED, with the API's message. */
class QuotaExchangesTest {

  private static final String APP = "/v2/team/app";

  private final MemoryObjects objects = new MemoryObjects(MemoryObjects.FIVE_MIB);
  private LambdaEdge edge;
  private OciClient client;

  @BeforeEach
  void start() throws IOException {
    var quotas =
        Quotas.of(Map.of("images-per-repository", 2L, "tags-per-image", 2L, "layer-mib", 1L));
    var registry = new TestRegistry(new MemoryTable(), objects, quotas);
    registry.createRepository("team/app", false);
    edge = new LambdaEdge(new ApiFunction(registry.api(), objects, TestRegistry.ADDRESS));
    client = OciClient.of(edge.uri(), registry.token());
    push(Samples.CONFIG).is(201);
  }

  @AfterEach
  void stop() {
    client.close();
    edge.close();
  }

  @Test
  void imagesBeyondTheQuotaAreDenied() {
    put("1", "one").is(201);
    put("2", "two").is(201);

    assertDenied(
        put("3", "three"),
        "The repository with name 'team/app' in registry with id '123456789012' already has the"
            + " maximum allowed number of images which is '2'");
    put("1", "two").is(201);
    client.get(APP + "/manifests/3").is(404);
  }

  @Test
  void tagsBeyondTheQuotaAreDenied() {
    put("1", "one").is(201);
    put("2", "one").is(201);

    assertDenied(
        put("3", "one"),
        "Adding tag '3' to an image in the repository with name 'team/app' in registry with id"
            + " '123456789012' exceeds the maximum allowed number of tags per image which is '2'");
    put("2", "one").is(201);
  }

  @Test
  void layersBeyondTheQuotaAreDenied() {
    String message = "The layer exceeds the maximum allowed size of a layer which is '1' MiB";
    byte[] largest = Samples.bytes(1 << 20);
    byte[] larger = Samples.bytes((1 << 20) + 1);

    push(largest).is(201);
    assertDenied(push(larger), message);
    assertDenied(client.sendChunked("PATCH", begin(), larger), message);
    String full = client.sendChunked("PATCH", begin(), largest).is(202).location();
    assertDenied(client.sendChunked("PATCH", full, new byte[1]), message);
  }

  private static void assertDenied(Answer answer, String message) {
    answer.isError(403, "DENIED", message);
  }

  private String begin() {
    return client.post(APP + "/blobs/uploads/").is(202).location();
  }

  private Answer push(byte[] layer) {
    return client.put(begin() + "&digest=" + Digest.sha256(layer), layer);
  }

  private Answer put(String tag, String note) {
    String image = Samples.image(Samples.CONFIG, Optional.empty(), note);
    return client.put(
        APP + "/manifests/" + tag, image.getBytes(UTF_8), "Content-Type", MediaTypes.OCI_IMAGE);
  }
}

package dev.berth.lambda.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.aws.AwsStores;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.quota.Quotas;
import dev.berth.lambda.handler.ApiFunction;
import dev.berth.lambda.handler.LambdaEdge;
import dev.berth.lambda.oci.OciClient.Answer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many AWS calls each exchange makes once names of repositories are known. The test prints the
 * table, which the README shows.
 */
class CallBudgetTest {

  private static final String APP = "/v2/team/app";
  private static final String OTHER = "/v2/team/other";

  /** As many blobs as one batch read finds beside the repository, the image and the tag. */
  private static final int MOST_BLOBS = 97;

  @TempDir static Path directory;
  private static AwsStores stores;
  private static LambdaEdge edge;
  private static OciClient client;

  /** Of the same registry where pulls are told. */
  private static LambdaEdge tellingEdge;

  private static OciClient telling;

  private final StringBuilder table =
      new StringBuilder("| Exchange | DynamoDB | S3 |\n|---|---|---|\n");

  @BeforeAll
  static void start() throws Exception {
    stores = new AwsStores(directory);
    // at which the policies of repositories, once read, stay known
    Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
    var registry = new TestRegistry(stores.table(), stores.objects(), Quotas.standard(), still);
    edge = new LambdaEdge(new ApiFunction(registry.api(), stores.objects(), TestRegistry.ADDRESS));
    client = OciClient.of(edge.uri(), registry.token());
    registry.createRepository("team/app", false);
    registry.createRepository("team/other", false);
    client.get(APP + "/tags/list").is(200);
    client.get(OTHER + "/tags/list").is(200);
    registry.tellPulls();
    var api = new ApiFunction(registry.api(), stores.objects(), TestRegistry.ADDRESS);
    tellingEdge = new LambdaEdge(api);
    telling = OciClient.of(tellingEdge.uri(), registry.token());
    telling.get(APP + "/tags/list").is(200);
  }

  @AfterAll
  static void stop() {
    client.close();
    edge.close();
    telling.close();
    tellingEdge.close();
    stores.close();
  }

  @Test
  void everyExchangeKeepsToItsBudget() {
    layers();
    manifests();
    System.out.println(table);
  }

  private void layers() {
    byte[] layer = Samples.bytes(4 << 20);
    Digest digest = Digest.sha256(layer);
    row("push of a layer up to 5 MiB: POST, PATCH, PUT", 3, 1, () -> push(layer));
    row("push of a layer up to 5 MiB: POST, PUT with the body", 3, 1, () -> pushInTwo(layer(1)));
    row("push of a layer that the registry has", 3, 2, () -> push(layer));
    row("HEAD blob", 1, 0, () -> client.head(APP + "/blobs/" + digest).is(307));
    row("GET blob", 1, 0, () -> client.get(APP + "/blobs/" + digest).is(307));
    row("mount", 2, 0, () -> mount(digest).is(201));
  }

  private void manifests() {
    String image = imageOf(2);
    Digest digest = Digest.sha256(image.getBytes(UTF_8));
    row("PUT manifest by digest", 2, 0, () -> put(digest.toString(), image));
    row("PUT manifest by tag", 2, 0, () -> put("1", image));
    row("HEAD manifest by digest", 1, 0, () -> client.head(manifest(digest.toString())).is(200));
    String first = "GET manifest, an image's first of a day";
    row(first, 2, 0, () -> client.get(manifest(digest.toString())).is(200));
    row("GET manifest by digest", 1, 0, () -> client.get(manifest(digest.toString())).is(200));
    row("HEAD manifest by tag", 2, 0, () -> client.head(manifest("1")).is(200));
    row("GET manifest by tag", 2, 0, () -> client.get(manifest("1")).is(200));
    String told = "GET manifest by tag, where pulls are told";
    row(told, 3, 0, () -> telling.get(manifest("1")).is(200));
    row("HEAD manifest by tag, where pulls are told", 2, 0, () -> telling.head(manifest("1")));
    conversions();
    String full = imageOf(MOST_BLOBS);
    row("PUT manifest of 97 blobs", 2, 0, () -> put("2", full));
    row("PUT manifest of 97 blobs, moving a tag", 2, 0, () -> put("1", full + " "));
    String more = imageOf(MOST_BLOBS + 1);
    row("PUT manifest of 98 blobs", 3, 0, () -> put("3", more));
  }

  private void conversions() {
    byte[] config = "{\"rootfs\":{\"diff_ids\":[\"a\"]}}".getBytes(UTF_8);
    pushInTwo(config);
    pushInTwo(layer(1));
    put("converted", Samples.image(config, layer(1)));
    client.get(manifest("converted")).is(200);
    String schema2 = "GET manifest by tag, OCI converted to schema 2";
    row(schema2 + ", the first time", 4, 0, () -> getAs(MediaTypes.DOCKER_IMAGE));
    row(schema2, 3, 0, () -> getAs(MediaTypes.DOCKER_IMAGE));
    getAs(MediaTypes.DOCKER_SCHEMA1);
    String schema1 = "GET manifest by tag, converted to schema 1";
    row(schema1, 4, 1, () -> getAs(MediaTypes.DOCKER_SCHEMA1));
  }

  private static Answer getAs(String mediaType) {
    return client.get(manifest("converted"), "Accept", mediaType).is(200);
  }

  private void row(String name, int dynamoDb, int s3, Supplier<Answer> exchange) {
    stores.calls().take();
    exchange.get();
    Map<String, Integer> calls = stores.calls().take();
    table.append("| %s | %d | %d |%n".formatted(name, sum(calls, "DynamoDb."), sum(calls, "S3.")));
    assertThat(sum(calls, "DynamoDb.")).as("%s: DynamoDB of %s", name, calls).isEqualTo(dynamoDb);
    assertThat(sum(calls, "S3.")).as("%s: S3 of %s", name, calls).isEqualTo(s3);
  }

  private static int sum(Map<String, Integer> calls, String service) {
    return calls.entrySet().stream()
        .filter(call -> call.getKey().startsWith(service))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private static Answer push(byte[] layer) {
    String begun = client.post(APP + "/blobs/uploads/").is(202).location();
    String sent = client.sendChunked("PATCH", begun, layer).is(202).location();
    return client.put(sent + "&digest=" + Digest.sha256(layer), new byte[0]).is(201);
  }

  private static Answer pushInTwo(byte[] layer) {
    String begun = client.post(APP + "/blobs/uploads/").is(202).location();
    return client.put(begun + "&digest=" + Digest.sha256(layer), layer).is(201);
  }

  private static Answer mount(Digest digest) {
    return client.post(OTHER + "/blobs/uploads/?mount=%s&from=team/app".formatted(digest));
  }

  private static String manifest(String reference) {
    return APP + "/manifests/" + reference;
  }

  private static Answer put(String reference, String image) {
    return client
        .put(manifest(reference), image.getBytes(UTF_8), "Content-Type", MediaTypes.OCI_IMAGE)
        .is(201);
  }

  /** An image of so many blobs, its config among them, that are all there. */
  private static String imageOf(int blobs) {
    byte[][] layers =
        Stream.concat(
                Stream.of(Samples.CONFIG),
                IntStream.range(1, blobs).mapToObj(CallBudgetTest::layer))
            .toArray(byte[][]::new);
    for (byte[] layer : layers) {
      pushInTwo(layer);
    }
    return Samples.image(layers[0], Arrays.copyOfRange(layers, 1, layers.length));
  }

  private static byte[] layer(int number) {
    return Samples.bytes(100 + number);
  }
}

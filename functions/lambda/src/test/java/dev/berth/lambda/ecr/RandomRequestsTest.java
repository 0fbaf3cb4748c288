package dev.berth.lambda.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.oci.Digest;
import dev.berth.lambda.Authorizers;
import dev.berth.lambda.http.Response.Body.Bytes;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random requests of every operation against a registry that holds something: whatever they are,
 * only errors that the operation is documented to answer come back. {@code
 * -Dberth.random.requests=100000} makes so many, {@code -Dberth.random.seed} the same ones again.
 */
class RandomRequestsTest {

  private static final int REQUESTS = Integer.getInteger("berth.random.requests", 10_000);
  private static final long SEED = Long.getLong("berth.random.seed", System.nanoTime());

  /** Requests to one registry: after these, much of what it held is deleted. */
  private static final int TO_ONE = 1000;

  private static final String TOO_LARGE = "RequestEntityTooLargeException";

  /** Any operation may answer these; the frame does. */
  private static final Set<String> COMMON =
      Set.of(
          "SerializationException",
          "InvalidParameterException",
          "AccessDeniedException",
          TOO_LARGE);

  private static final int LONGEST_ERROR = 16_384;

  private final Optional<WireModel> model = WireModel.find();
  private final Random random = new Random(SEED);
  private final Map<String, Integer> answers = new TreeMap<>();
  private final Map<String, Integer> right = new TreeMap<>();

  @Test
  void onlyDocumentedErrorsComeBack() {
    System.out.printf("berth.random.seed=%d, %d requests%n", SEED, REQUESTS);
    for (int done = 0; done < REQUESTS; done += TO_ONE) {
      try (var registry = new SdkRegistry()) {
        send(registry, Math.min(TO_ONE, REQUESTS - done));
      }
    }
    System.out.println(answers);
    System.out.println("answered well: " + right);

    assertThat(answers.get("200")).as("some requests are right").isGreaterThan(REQUESTS / 20);
  }

  private void send(SdkRegistry registry, int count) {
    var client = new RawEcrClient(registry.operations, Authorizers.withoutPolicies());
    KnownValues known = content(registry);
    var requests = new RandomRequests(random, known, model);
    List<Operations.Entry<?, ?>> operations =
        registry.operations.all().stream()
            .sorted(Comparator.comparing(Operations.Entry::name))
            .toList();
    for (int i = 0; i < count; i++) {
      Operations.Entry<?, ?> operation = operations.get(random.nextInt(operations.size()));
      byte[] body = requests.body(operation);
      RawEcrClient.Answer answer = client.call(operation.name(), body);
      try {
        check(operation.name(), body, answer);
      } catch (AssertionError | RuntimeException e) {
        fail("seed %d: %s %s".formatted(SEED, operation.name(), shortened(body)), e);
      }
      if (answer.response().status() == 200) {
        known.learn("", answer.json());
      }
    }
  }

  private void check(String operation, byte[] body, RawEcrClient.Answer answer) {
    int status = answer.response().status();
    JsonNode json = answer.json();
    assertThat(json.isObject()).isTrue();
    String code = json.path("__type").asText("200");
    answers.merge(code, 1, Integer::sum);
    if (status == 200) {
      right.merge(operation, 1, Integer::sum);
      assertThat(body.length).isLessThanOrEqualTo(EcrApi.MAX_BODY);
      return;
    }
    assertThat(status).isBetween(400, 499);
    assertThat(answer.response().headers().all("x-amzn-ErrorType")).containsExactly(code);
    assertThat(json.path("message").asText()).isNotEmpty();
    assertThat(((Bytes) answer.response().body()).bytes().length).isLessThan(LONGEST_ERROR);
    assertThat(code.equals(TOO_LARGE)).isEqualTo(body.length > EcrApi.MAX_BODY);
    if (!COMMON.contains(code)) {
      model.ifPresent(known -> assertThat(errors(known, operation)).contains(code));
    }
  }

  private static Collection<String> errors(WireModel model, String operation) {
    return OwnOperations.has(operation)
        ? OwnOperations.ERRORS.get(operation)
        : model.errors(operation);
  }

  /** Fills a registry, and tells what is in it. */
  private KnownValues content(SdkRegistry registry) {
    List.of("app", "other", "empty").forEach(registry::create);
    registry.ecr.createRepository(r -> r.repositoryName("fixed").imageTagMutability("IMMUTABLE"));
    var known =
        new KnownValues(random)
            .add("repositoryName", "app", "app", "app", "other", "empty", "fixed", "none")
            .add("registryId", SdkRegistry.ACCOUNT, SdkRegistry.ACCOUNT, "999999999999")
            .add("imageTag", "v1", "v2", "latest", "none")
            .add("imageDigest", SdkRegistry.MISSING)
            .add("layerDigest", SdkRegistry.MISSING)
            .add("layerDigest", Digest.sha256(new byte[1000]).toString())
            .add("layerPartBlob", base64(1000), base64(1000), base64(499), "")
            .add("partFirstByte", "0", "0", "1000")
            .add("partLastByte", "999", "999", "1999")
            .add("maxResults", "1", "2", "1000")
            .add("nextToken", "")
            .add("resourceArn", arn("app"), arn("none"), arn(""))
            .add("key", "team", "stack")
            .add("value", "devs", "")
            .add("tagKeys", "team", "none")
            .add("region", "us-west-2", "us-east-1")
            .add("filter", "app", "*")
            .add("policyText", POLICY, REGISTRY_POLICY)
            .add("lifecyclePolicyText", LIFECYCLE)
            .add("acceptedMediaTypes", "application/vnd.oci.image.manifest.v1+json")
            .add("kmsKey", "alias/aws/ecr");
    for (String name : List.of("app", "other", "fixed")) {
      String manifest = registry.manifest(name, "image of " + name);
      registry.ecr.putImage(r -> r.repositoryName(name).imageManifest(manifest).imageTag("v1"));
      String digest = SdkRegistry.digest(manifest).toString();
      known
          .add("imageManifest", manifest, registry.manifest("app", "new in " + name))
          .add("imageManifest", index(digest, manifest))
          .add("imageDigest", digest)
          .add("layerDigest", registry.layer(name, "a layer").toString());
    }
    for (int i = 0; i < 5; i++) {
      registry.image("app", "more " + i, "more" + i, "again" + i);
    }
    known.add("uploadId", registry.upload("app", new byte[1000]));
    return known;
  }

  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[{"Sid":"AllowPull","Effect":"Allow",\
      "Principal":{"AWS":["arn:aws:iam::123456789012:root","999999999999"]},\
      "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],\
      "Condition":{"StringLike":{"aws:sourceArn":"arn:aws:ecr:*"}}}]}\
      """;

  private static final String REGISTRY_POLICY =
      """
      {"Version":"2012-10-17","Statement":[{"Sid":"ReplicationAccess","Effect":"Allow",\
      "Principal":{"AWS":"arn:aws:iam::999999999999:root"},\
      "Action":["ecr:CreateRepository","ecr:ReplicateImage"],\
      "Resource":["arn:aws:ecr:us-east-1:123456789012:repository/*"]}]}\
      """;

  private static final String LIFECYCLE =
      """
      {"rules":[{"rulePriority":1,"description":"old","selection":{"tagStatus":"tagged",\
      "tagPrefixList":["v"],"countType":"imageCountMoreThan","countNumber":1},\
      "action":{"type":"expire"}},{"rulePriority":2,"selection":{"tagStatus":"untagged",\
      "countType":"sinceImagePushed","countUnit":"days","countNumber":14},\
      "action":{"type":"expire"}}]}\
      """;

  private static String index(String digest, String manifest) {
    return """
    {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[\
    {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":%d,\
    "platform":{"architecture":"amd64","os":"linux"}}]}\
    """
        .formatted(digest, manifest.getBytes(UTF_8).length);
  }

  private static String arn(String repository) {
    return "arn:aws:ecr:us-east-1:%s:repository/%s".formatted(SdkRegistry.ACCOUNT, repository);
  }

  private static String base64(int bytes) {
    return Base64.getEncoder().encodeToString(new byte[bytes]);
  }

  private static String shortened(byte[] body) {
    String text = new String(body, UTF_8);
    return text.length() > 2000 ? text.substring(0, 2000) + "..." : text;
  }
}

package dev.berth.lambda.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.oci.Digest;
import dev.berth.lambda.Authorizers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Walks the pages of every operation that ECR's own model of paginators names, as any AWS SDK does:
 * by the names of the members there.
 */
class PaginatorsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SCAN_FINDINGS = "DescribeImageScanFindings";

  private static final Map<String, String> REQUESTS =
      Map.of(
          "ListImages",
          "{\"repositoryName\":\"app\"}",
          "DescribeImages",
          "{\"repositoryName\":\"app\"}",
          "DescribeRepositories",
          "{}",
          "GetLifecyclePolicyPreview",
          "{\"repositoryName\":\"app\"}",
          SCAN_FINDINGS,
          "{\"repositoryName\":\"app\",\"imageId\":{\"imageTag\":\"scanned\"}}");

  private final SdkRegistry registry = new SdkRegistry();
  private final RawEcrClient client =
      new RawEcrClient(registry.operations, Authorizers.withoutPolicies());
  private JsonNode paginators;

  @BeforeEach
  void fill() {
    paginators = WireModel.require("ecr-paginators-1.json").path("pagination");
    List.of("app", "app1", "app2", "app3", "app4").forEach(registry::create);
    for (int i = 0; i < 6; i++) {
      registry.image("app", "image " + i, "v" + i);
    }
    registry.indexesInForce();
    Digest scanned = registry.debian("app", "scanned", "zlib 1.2", "bash 5.2");
    registry.ecr.startImageScan(r -> r.repositoryName("app").imageId(SdkRegistry.byTag("scanned")));
    registry.scan("app", scanned);
    registry.ecr.startLifecyclePolicyPreview(
        r -> r.repositoryName("app").lifecyclePolicyText(LifecyclePolicyOperationsTest.KEEP_ONE));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void allPagesTogetherAreWhatOneBigPageHas() throws IOException {
    for (Map.Entry<String, String> request : REQUESTS.entrySet()) {
      String operation = request.getKey();
      JsonNode paginator = paginators.path(operation);
      ObjectNode whole = (ObjectNode) JSON.readTree(request.getValue());
      JsonNode one = client.call(operation, whole.toString()).json();
      List<JsonNode> pages = pages(operation, paginator, whole);

      for (String key : keys(paginator, "result_key")) {
        List<JsonNode> all = results(one, key);
        assertThat(pages.stream().flatMap(page -> results(page, key).stream()))
            .as(operation)
            .containsExactlyElementsOf(all);
        assertThat(pages).as(operation).allMatch(page -> results(page, key).size() <= 2);
        // those of Amazon Inspector are not ours
        assertThat(all.isEmpty()).as(operation).isEqualTo(key.endsWith(".enhancedFindings"));
      }
      for (String key : keys(paginator, "non_aggregate_keys")) {
        assertThat(pages)
            .as(operation)
            .allMatch(page -> withoutResults(page, key).equals(withoutResults(one, key)));
      }
    }
  }

  private List<JsonNode> pages(String operation, JsonNode paginator, ObjectNode whole) {
    String input = paginator.path("input_token").asText();
    String output = paginator.path("output_token").asText();
    ObjectNode request = whole.deepCopy().put(paginator.path("limit_key").asText(), 2);
    List<JsonNode> pages = new ArrayList<>();
    do {
      pages.add(client.call(operation, request.toString()).json());
      request.set(input, pages.getLast().path(output));
    } while (pages.getLast().has(output));
    return pages;
  }

  @Test
  void everyOperationThatIsThereAndHasAPaginatorIsWalked() {
    List<String> there =
        registry.operations.all().stream()
            .map(Operations.Entry::name)
            .filter(paginators::has)
            .toList();

    assertThat(there).containsExactlyInAnyOrderElementsOf(REQUESTS.keySet());
  }

  private static List<JsonNode> results(JsonNode page, String key) {
    return page.at("/" + key.replace('.', '/')).valueStream().toList();
  }

  /** Findings are within a member that is the same on all pages but for them. */
  private static JsonNode withoutResults(JsonNode page, String key) {
    JsonNode member = page.path(key).deepCopy();
    return member instanceof ObjectNode object ? object.without("findings") : member;
  }

  /** A member that is one text or a list of them. */
  private static List<String> keys(JsonNode paginator, String member) {
    JsonNode keys = paginator.path(member);
    return keys.isTextual() ? List.of(keys.asText()) : WireModel.texts(keys);
  }
}

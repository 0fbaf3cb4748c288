package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.byDigest;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.oci.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** Pages of what changes meanwhile, and tokens in places where they do not belong. */
class PagingTest {

  private static final String OTHER_ACCOUNT = "999999999999";
  private static final String BASE64URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final SdkRegistry registry = new SdkRegistry();

  /** Anyone may do anything, so that a token can be taken to another account's registry. */
  private final RawEcrClient client =
      new RawEcrClient(registry.operations, attempt -> new Decision.Allowed());

  @BeforeEach
  void fill() {
    registry.create("app");
    registry.create("app2");
    for (int i = 0; i < 12; i++) {
      registry.image("app", "image " + i, "v" + i);
      registry.image("app2", "image " + i, "v" + i);
    }
    for (String name : List.of("app", "app2")) {
      call("CreateRepository", request(name).put("registryId", OTHER_ACCOUNT));
    }
  }

  @AfterEach
  void close() {
    registry.close();
  }

  /** Requests that list the same kind of thing, each of something else. */
  static Stream<Named<List<ObjectNode>>> listings() {
    return Stream.of("ListImages", "DescribeImages")
        .map(
            operation ->
                Named.of(
                    operation,
                    List.of(
                        listing(operation, "app"),
                        listing(operation, "app2"),
                        listing(operation, "app").put("registryId", OTHER_ACCOUNT),
                        filtered(operation, "TAGGED"),
                        filtered(operation, "UNTAGGED"))));
  }

  @ParameterizedTest
  @MethodSource("listings")
  void aTokenIsGoodForTheSameRequestAlone(List<ObjectNode> requests) {
    ObjectNode first = requests.getFirst();
    String token = call(first).path("nextToken").asText();

    assertThat(call(first.deepCopy().put("nextToken", token)).path("__type").isMissingNode())
        .isTrue();
    for (ObjectNode other : requests.subList(1, requests.size())) {
      assertRefused(call(other.deepCopy().put("nextToken", token)));
    }
    String another =
        first.path("operation").asText().equals("ListImages") ? "DescribeImages" : "ListImages";
    assertRefused(call(listing(another, "app").put("nextToken", token)));
    assertRefused(call("DescribeRepositories", request("").put("nextToken", token)));
  }

  /** That the caller's own registry is named or not is no difference. */
  @Test
  void aTokenDoesNotDependOnHowTheRequestIsSpelled() {
    String token = call(listing("ListImages", "app")).path("nextToken").asText();
    ObjectNode named =
        listing("ListImages", "app").put("registryId", SdkRegistry.ACCOUNT).put("maxResults", 1000);

    assertThat(call(named.put("nextToken", token)).path("imageIds")).hasSize(7);
  }

  @Test
  void aTokenWithAnyOfItsCharactersChangedIsRefused() {
    String token = call(listing("DescribeImages", "app")).path("nextToken").asText();

    for (int at = 0; at < token.length(); at++) {
      // in its first bit, for the last ones of the last digit may be of no byte
      int changed = (BASE64URL.indexOf(token.charAt(at)) + 32) % 64;
      String other = token.substring(0, at) + BASE64URL.charAt(changed) + token.substring(at + 1);
      assertRefused(call(listing("DescribeImages", "app").put("nextToken", other)));
    }
  }

  @Test
  void aRepositoryMadeAgainUnderItsNameTakesNoOldToken() {
    String token = call(listing("ListImages", "app")).path("nextToken").asText();
    registry.ecr.deleteRepository(r -> r.repositoryName("app").force(true));
    registry.create("app");
    registry.image("app", "new", "new");

    JsonNode answer = call(listing("ListImages", "app").put("nextToken", token));

    assertThat(answer.path("__type").asText("none")).isIn("none", "InvalidParameterException");
    assertThat(answer.findValuesAsText("imageTag")).isSubsetOf("new");
  }

  @Test
  void whatIsThereAllTheTimeIsListedOnceWhateverIsPushedAndDeletedBetweenThePages() {
    Set<String> stays = new TreeSet<>();
    List<Digest> goes = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Digest image = registry.image("app", "kept or not " + i, "t" + i);
      if (i % 3 == 0) {
        goes.add(image);
      } else {
        stays.add(image.toString());
      }
    }

    for (int size : new int[] {3, 50}) {
      List<String> described = new ArrayList<>();
      int pages = 0;
      for (var page :
          registry.ecr.describeImagesPaginator(r -> r.repositoryName("app").maxResults(size))) {
        page.imageDetails().stream().map(ImageDetail::imageDigest).forEach(described::add);
        change(goes, size + " " + pages++);
      }
      List<ImageIdentifier> listed = new ArrayList<>();
      for (var page :
          registry.ecr.listImagesPaginator(r -> r.repositoryName("app").maxResults(size))) {
        listed.addAll(page.imageIds());
        change(goes, "listed " + size + " " + pages++);
      }

      assertThat(described).containsAll(stays).doesNotHaveDuplicates();
      assertThat(listed).doesNotHaveDuplicates();
      assertThat(new HashSet<>(listed.stream().map(ImageIdentifier::imageDigest).toList()))
          .containsAll(stays);
    }
  }

  /** Deletes an image and pushes another, at places of the listing that nobody knows. */
  private void change(List<Digest> goes, String name) {
    if (!goes.isEmpty()) {
      Digest gone = goes.removeLast();
      registry.ecr.batchDeleteImage(r -> r.repositoryName("app").imageIds(byDigest(gone)));
    }
    if (name.length() < 8) {
      registry.image("app", "pushed between " + name);
    }
  }

  private JsonNode call(ObjectNode listing) {
    ObjectNode request = listing.deepCopy();
    String operation = request.remove("operation").asText();
    return call(operation, request);
  }

  private JsonNode call(String operation, ObjectNode request) {
    return client.call(operation, request.toString()).json();
  }

  private static ObjectNode listing(String operation, String repository) {
    return request(repository).put("operation", operation).put("maxResults", 5);
  }

  private static ObjectNode filtered(String operation, String status) {
    ObjectNode listing = listing(operation, "app");
    listing.putObject("filter").put("tagStatus", status);
    return listing;
  }

  private static ObjectNode request(String repository) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    return repository.isEmpty() ? request : request.put("repositoryName", repository);
  }

  private static void assertRefused(JsonNode answer) {
    assertThat(answer.path("__type").asText()).isEqualTo("InvalidParameterException");
    assertThat(answer.path("message").asText())
        .isEqualTo(
            "Invalid parameter at 'nextToken' failed to satisfy constraint: 'must be a token that a"
                + " call with the same parameters returned'");
  }
}

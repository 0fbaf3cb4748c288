package dev.berth.lambda.iam;

import static dev.berth.lambda.iam.SdkIam.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

/** MaxItems and Marker, as the AWS SDK's iam client and its paginators use them. */
class IamPagingTest {

  private final SdkIam server = new SdkIam();
  private final IamClient iam = server.iam;

  @AfterEach
  void stop() {
    server.close();
  }

  private List<String> users(int count) {
    List<String> names = IntStream.range(0, count).mapToObj("user%03d"::formatted).toList();
    names.forEach(
        name ->
            iam.createUser(r -> r.userName(name).path(name.endsWith("5") ? "/five/" : "/other/")));
    return names;
  }

  @Test
  void pagesTogetherAreTheWhole() {
    List<String> names = users(7);

    ListUsersResponse first = iam.listUsers(r -> r.maxItems(3));
    assertThat(first.isTruncated()).isTrue();
    assertThat(first.users()).hasSize(3);
    assertThat(iam.listUsersPaginator(r -> r.maxItems(3)).users().stream().map(User::userName))
        .containsExactlyElementsOf(names);
    ListUsersResponse all = iam.listUsers(r -> r.maxItems(7));
    assertThat(all.users()).hasSize(7);
  }

  @Test
  void aPageIsFilledFromWhatIsAskedFor() {
    users(40);

    ListUsersResponse page = iam.listUsers(r -> r.pathPrefix("/five/").maxItems(2));

    assertThat(
            iam.listUsersPaginator(r -> r.pathPrefix("/five/").maxItems(2)).users().stream()
                .map(User::userName))
        .containsExactly("user005", "user015", "user025", "user035");
    assertThat(page.isTruncated()).isTrue();
  }

  @Test
  void whatIsPartOfAUserIsPagedToo() {
    iam.createUser(r -> r.userName("alice"));
    List<Tag> tags =
        IntStream.range(10, 20)
            .mapToObj(i -> Tag.builder().key("k" + i).value("v").build())
            .toList();
    iam.tagUser(r -> r.userName("alice").tags(tags));

    assertThat(
            iam.listUserTagsPaginator(r -> r.userName("alice").maxItems(4)).tags().stream()
                .toList())
        .isEqualTo(tags);
  }

  @Test
  void aMarkerIsGoodForItsListingAlone() {
    users(3);
    String marker = iam.listUsers(r -> r.maxItems(1)).marker();
    assertThat(marker.length()).isLessThanOrEqualTo(320);

    assertThat(iam.listUsers(r -> r.maxItems(2).marker(marker)).users()).hasSize(2);
    assertRefused(
        "ValidationError",
        "Invalid Marker.",
        () -> iam.listUsers(r -> r.pathPrefix("/five/").marker(marker)));
    assertRefused("ValidationError", "Invalid Marker.", () -> iam.listRoles(r -> r.marker(marker)));
    assertRefused(
        "ValidationError", "Invalid Marker.", () -> iam.listUsers(r -> r.marker(marker + "a")));
    assertRefused(
        "ValidationError", "Invalid Marker.", () -> iam.listUsers(r -> r.marker("user#a")));
    assertRefused("ValidationError", "'marker'", () -> iam.listUsers(r -> r.marker("")));
  }

  @Test
  void theMarkerOfTheLongestNameIsAMarker() {
    String name = "p".repeat(127);
    for (String end : List.of("a", "b", "c")) {
      iam.createPolicy(r -> r.policyName(name + end).policyDocument(SdkIam.ALLOW_ALL));
    }

    assertThat(
            iam.listPoliciesPaginator(r -> r.scope("Local").maxItems(1)).policies().stream()
                .map(policy -> policy.policyName().substring(127)))
        .containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1001})
  void aPageHasOneTo1000Entries(int maxItems) {
    assertRefused("ValidationError", "'maxItems'", () -> iam.listUsers(r -> r.maxItems(maxItems)));
  }
}

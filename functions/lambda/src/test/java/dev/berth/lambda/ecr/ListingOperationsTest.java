package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.MISSING;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static dev.berth.lambda.ecr.SdkRegistry.byBoth;
import static dev.berth.lambda.ecr.SdkRegistry.byDigest;
import static dev.berth.lambda.ecr.SdkRegistry.byTag;
import static java.util.Optional.ofNullable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.image.Registry;
import dev.berth.registry.repository.Repository.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** DescribeRepositories, ListImages and DescribeImages, page by page. */
class ListingOperationsTest {

  private static final String TOKEN =
      "must be a token that a call with the same parameters returned";

  private interface Listing {

    /** Asks for a page, and answers with the token of the next one where there is one. */
    Optional<String> page(EcrClient ecr, String nextToken, Integer maxResults);
  }

  private final SdkRegistry registry = new SdkRegistry();
  private final EcrClient ecr = registry.ecr;

  @BeforeEach
  void createRepository() {
    registry.create("app");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  static Stream<Named<Listing>> listings() {
    return Stream.of(
        Named.of(
            "DescribeRepositories",
            (ecr, token, max) ->
                ofNullable(
                    ecr.describeRepositories(r -> r.nextToken(token).maxResults(max)).nextToken())),
        Named.of(
            "ListImages",
            (ecr, token, max) ->
                ofNullable(
                    ecr.listImages(r -> r.repositoryName("app").nextToken(token).maxResults(max))
                        .nextToken())),
        Named.of(
            "DescribeImages",
            (ecr, token, max) ->
                ofNullable(
                    ecr.describeImages(
                            r -> r.repositoryName("app").nextToken(token).maxResults(max))
                        .nextToken())));
  }

  @ParameterizedTest
  @MethodSource("listings")
  void aPageHasOneToAThousandResults(Listing listing) {
    String least = "must have value greater than or equal to 1";
    String most = "must have value less than or equal to 1000";

    listing.page(ecr, null, 1000);
    assertInvalid("maxResults", least, () -> listing.page(ecr, null, 0));
    assertInvalid("maxResults", least, () -> listing.page(ecr, null, -1));
    assertInvalid("maxResults", most, () -> listing.page(ecr, null, 1001));
  }

  @ParameterizedTest
  @MethodSource("listings")
  void aTokenIsTheListingsOwn(Listing listing) {
    registry.create("b2");
    registry.image("app", "one", "v1");
    registry.image("app", "two", "v2");
    String token = listing.page(ecr, null, 1).orElseThrow();
    int middle = token.length() / 2;
    char changed = token.charAt(middle) == 'A' ? 'B' : 'A';

    assertThat(listing.page(ecr, token, 1)).isEmpty();
    for (String other :
        List.of(
            "",
            "x",
            "a.b.c",
            token + "A",
            token.substring(1),
            token.substring(0, middle) + changed + token.substring(middle + 1))) {
      assertInvalid("nextToken", TOKEN, () -> listing.page(ecr, other, 1));
    }
    for (Named<Listing> another : listings().toList()) {
      String foreign = another.getPayload().page(ecr, null, 1).orElseThrow();
      if (!foreign.equals(token)) {
        assertInvalid("nextToken", TOKEN, () -> listing.page(ecr, foreign, 1));
      }
    }
  }

  @Test
  void aTokenIsGoodForItsRepositoryAndFilterAlone() {
    registry.image("app", "one", "v1");
    registry.image("app", "two", "v2");
    registry.create("other");
    String token = ecr.listImages(r -> r.repositoryName("app").maxResults(1)).nextToken();

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> ecr.listImages(r -> r.repositoryName("other").nextToken(token)),
            () ->
                ecr.listImages(
                    r ->
                        r.repositoryName("app")
                            .nextToken(token)
                            .filter(f -> f.tagStatus(TagStatus.TAGGED))))) {
      assertInvalid("nextToken", TOKEN, call);
    }
  }

  @Test
  void repositoriesComeByNameWhateverHappensBetweenThePages() {
    List<String> names = names(1, 25);
    names.reversed().forEach(registry::create);
    ecr.deleteRepository(r -> r.repositoryName("app"));

    List<String> seen = new ArrayList<>();
    for (var page : ecr.describeRepositoriesPaginator(r -> r.maxResults(10))) {
      page.repositories().stream().map(Repository::repositoryName).forEach(seen::add);
      if (seen.size() == 10) {
        ecr.deleteRepository(r -> r.repositoryName("name110"));
        ecr.deleteRepository(r -> r.repositoryName("name115"));
        registry.create("name105a");
        registry.create("name118a");
      }
    }

    List<String> expected = new ArrayList<>(names);
    expected.remove("name115");
    expected.add(expected.indexOf("name119"), "name118a");
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void aPageHasAHundredRepositoriesUnlessSaidOtherwise() {
    for (String name : names(1, 100)) {
      registry
          .services
          .repositories()
          .create(ACCOUNT, new RepositoryName(name), Settings.defaults(), Map.of());
    }

    var first = ecr.describeRepositories();
    var second = ecr.describeRepositories(r -> r.nextToken(first.nextToken()));

    assertThat(first.repositories()).hasSize(100);
    assertThat(second.repositories())
        .extracting(Repository::repositoryName)
        .containsExactly("name200");
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void whatIsNamedIsAnsweredWhole() {
    String constraint = "must not be given together with nextToken or maxResults";

    assertInvalid(
        "repositoryNames",
        constraint,
        () -> ecr.describeRepositories(r -> r.repositoryNames("app").maxResults(1)));
    assertInvalid(
        "imageIds",
        constraint,
        () ->
            ecr.describeImages(r -> r.repositoryName("app").imageIds(byTag("v1")).nextToken("x")));
  }

  @Test
  void anImageIsListedOnceForEachOfItsTags() {
    Digest one = registry.image("app", "one", "v1", "latest");
    Digest two = registry.image("app", "two");

    assertThat(ecr.listImages(r -> r.repositoryName("app")).imageIds())
        .containsExactlyInAnyOrder(byBoth(one, "latest"), byBoth(one, "v1"), byDigest(two));
  }

  @Test
  void imagesAreFilteredByWhetherTheyHaveTags() {
    Digest tagged = registry.image("app", "one", "v1", "v2");
    Digest untagged = registry.image("app", "two");

    assertThat(ids(TagStatus.TAGGED)).containsExactly(byBoth(tagged, "v1"), byBoth(tagged, "v2"));
    assertThat(ids(TagStatus.UNTAGGED)).containsExactly(byDigest(untagged));
    assertThat(ids(TagStatus.ANY)).hasSize(3);
    assertThat(digests(TagStatus.TAGGED)).containsExactly(tagged.toString());
    assertThat(digests(TagStatus.UNTAGGED)).containsExactly(untagged.toString());
    assertThat(digests(TagStatus.ANY)).hasSize(2);
  }

  @Test
  void ofImagesThatAreNamedTheFilterTakesItsChoice() {
    Digest tagged = registry.image("app", "one", "v1");
    Digest untagged = registry.image("app", "two");

    assertThat(described(TagStatus.TAGGED, tagged, untagged)).containsExactly(tagged.toString());
    assertThat(described(TagStatus.UNTAGGED, tagged, untagged))
        .containsExactly(untagged.toString());
    assertThat(described(TagStatus.ANY, tagged, untagged)).hasSize(2);
  }

  private List<String> described(TagStatus status, Digest... digests) {
    List<ImageIdentifier> ids = Arrays.stream(digests).map(SdkRegistry::byDigest).toList();
    return ecr
        .describeImages(r -> r.repositoryName("app").imageIds(ids).filter(f -> f.tagStatus(status)))
        .imageDetails()
        .stream()
        .map(ImageDetail::imageDigest)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tagged", "", "ALL"})
  void anotherTagStatusIsRefused(String status) {
    assertInvalid(
        "filter.tagStatus",
        "must satisfy enum value set: [TAGGED, UNTAGGED, ANY]",
        () -> ecr.listImages(r -> r.repositoryName("app").filter(f -> f.tagStatus(status))));
  }

  @Test
  void archivedImagesAreNotMistakenForOthers() {
    registry.image("app", "one", "v1");

    assertThat(
            ecr.listImages(r -> r.repositoryName("app").filter(f -> f.imageStatus("ACTIVE")))
                .imageIds())
        .hasSize(1);
    assertInvalid(
        "filter.imageStatus",
        "must satisfy enum value set: [ACTIVE, ANY]",
        () ->
            ecr.describeImages(
                r -> r.repositoryName("app").filter(f -> f.imageStatus("ARCHIVED"))));
  }

  @Test
  void everyNameIsListedOnceOverAllPages() {
    List<ImageIdentifier> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String[] tags = names(i * 10, i).toArray(String[]::new);
      Digest image = registry.image("app", "image " + i, tags);
      Arrays.stream(tags).forEach(tag -> all.add(byBoth(image, tag)));
      if (tags.length == 0) {
        all.add(byDigest(image));
      }
    }

    for (int size : new int[] {1, 2, 3, 11, 12}) {
      assertThat(ecr.listImagesPaginator(r -> r.repositoryName("app").maxResults(size)).imageIds())
          .containsExactlyInAnyOrderElementsOf(all);
    }
    for (int size : new int[] {1, 2, 5}) {
      assertThat(
              ecr.describeImagesPaginator(r -> r.repositoryName("app").maxResults(size))
                  .imageDetails())
          .hasSize(5)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void anImageIsDescribedWithWhatIsKnownOfIt() {
    Instant before = Instant.now().minusSeconds(1);
    Digest image = registry.image("app", "one", "v2", "v1");

    ImageDetail detail = ecr.describeImages(r -> r.repositoryName("app")).imageDetails().getFirst();

    assertThat(detail.registryId()).isEqualTo(ACCOUNT);
    assertThat(detail.repositoryName()).isEqualTo("app");
    assertThat(detail.imageDigest()).isEqualTo(image.toString());
    assertThat(detail.imageTags()).containsExactly("v1", "v2");
    assertThat(detail.imageSizeInBytes()).isEqualTo(100);
    assertThat(detail.imagePushedAt()).isBetween(before, Instant.now());
    assertThat(detail.imageManifestMediaType()).isEqualTo(MediaTypes.OCI_IMAGE);
    assertThat(detail.artifactMediaType()).isEqualTo(MediaTypes.OCI_CONFIG);
    assertThat(detail.lastRecordedPullTime()).isNull();
    assertThat(detail.subjectManifestDigest()).isNull();
  }

  @Test
  void anImageThatWasPulledSaysWhen() {
    registry.image("app", "one", "v1");
    ecr.batchGetImage(r -> r.repositoryName("app").imageIds(byTag("v1")));

    assertThat(describe(byTag("v1")).getFirst().lastRecordedPullTime())
        .isBeforeOrEqualTo(Instant.now());
  }

  @Test
  void aReferrerSaysWhatItRefersTo() {
    Digest subject = registry.image("app", "one", "v1");
    String manifest =
        Registry.manifest(
            registry.layer("app", "config of it"),
            registry.layer("app", "it"),
            Registry.referringTo(subject));
    ecr.putImage(r -> r.repositoryName("app").imageManifest(manifest));

    assertThat(describe(byDigest(SdkRegistry.digest(manifest))).getFirst().subjectManifestDigest())
        .isEqualTo(subject.toString());
  }

  @Test
  void someImagesAreDescribedEachOnce() {
    Digest one = registry.image("app", "one", "v1", "v2");
    Digest two = registry.image("app", "two");

    assertThat(describe(byDigest(two), byTag("v1"), byTag("v2"), byBoth(one, "v1")))
        .extracting(ImageDetail::imageDigest)
        .containsExactly(two.toString(), one.toString());
  }

  @Test
  void anImageThatIsNotThereIsNamed() {
    Digest image = registry.image("app", "one", "v1");

    assertNotFound("null", "none", byTag("v1"), byTag("none"));
    assertNotFound(MISSING, "null", byDigest(MISSING));
    assertNotFound(image.toString(), "none", byBoth(image, "none"));
    assertNotFound(MISSING, "v1", byBoth(MISSING, "v1"));
  }

  @Test
  void anIdentifierThatMeansNothingIsRefused() {
    assertRefused(
        InvalidParameterException.class,
        "Invalid request parameters: both tag and digest cannot be null",
        () -> describe(ImageIdentifier.builder().build()));
  }

  private void assertNotFound(String digest, String tag, ImageIdentifier... ids) {
    assertRefused(
        ImageNotFoundException.class,
        "The image with imageId {imageDigest:'%s', imageTag:'%s'} does not exist within the repository with name 'app' in the registry with id '123456789012'"
            .formatted(digest, tag),
        () -> describe(ids));
  }

  private List<ImageDetail> describe(ImageIdentifier... ids) {
    return ecr.describeImages(r -> r.repositoryName("app").imageIds(ids)).imageDetails();
  }

  private List<ImageIdentifier> ids(TagStatus status) {
    return ecr.listImages(r -> r.repositoryName("app").filter(f -> f.tagStatus(status))).imageIds();
  }

  private List<String> digests(TagStatus status) {
    return ecr
        .describeImages(r -> r.repositoryName("app").filter(f -> f.tagStatus(status)))
        .imageDetails()
        .stream()
        .map(ImageDetail::imageDigest)
        .toList();
  }

  /** So many names from name100 on. */
  private static List<String> names(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> "name%d".formatted(100 + i))
        .toList();
  }
}

package dev.berth.lambda.ecr;

import static dev.berth.lambda.ecr.SdkRegistry.ACCOUNT;
import static dev.berth.lambda.ecr.SdkRegistry.MISSING;
import static dev.berth.lambda.ecr.SdkRegistry.assertInvalid;
import static dev.berth.lambda.ecr.SdkRegistry.assertRefused;
import static dev.berth.lambda.ecr.SdkRegistry.byBoth;
import static dev.berth.lambda.ecr.SdkRegistry.byDigest;
import static dev.berth.lambda.ecr.SdkRegistry.byTag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.lifecycle.LifecyclePolicies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewResponse;
import software.amazon.awssdk.services.ecr.model.ImageActionType;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewInProgressException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewNotFoundException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewResult;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewStatus;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** The lifecycle policies of repositories and their previews, through the SDK's client. */
class LifecyclePolicyOperationsTest {

  /** Expires all images but the newest. */
  static final String KEEP_ONE =
      """
      {"rules": [{"rulePriority": 7, "description": "the newest",
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1},
        "action": {"type": "expire"}}]}
      """;

  private static final String NO_POLICY =
      "Lifecycle policy does not exist for the repository with name 'app' in the registry with id"
          + " '123456789012'";

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

  @Test
  void aPolicyIsAnsweredAsItWasSentUntilItIsDeleted() {
    var put = ecr.putLifecyclePolicy(r -> r.repositoryName("app").lifecyclePolicyText(KEEP_ONE));
    var got = ecr.getLifecyclePolicy(r -> r.repositoryName("app"));
    LifecyclePolicies policies = registry.services.lifecyclePolicies();
    policies.recordEvaluation(
        policies.effective(ACCOUNT, new RepositoryName("app")).orElseThrow(),
        Instant.parse("2026-01-01T00:00:00Z"));
    var deleted = ecr.deleteLifecyclePolicy(r -> r.repositoryName("app"));

    assertThat(put.registryId()).isEqualTo(ACCOUNT);
    assertThat(put.repositoryName()).isEqualTo("app");
    assertThat(put.lifecyclePolicyText()).isEqualTo(KEEP_ONE);
    assertThat(got.registryId()).isEqualTo(ACCOUNT);
    assertThat(got.repositoryName()).isEqualTo("app");
    assertThat(got.lifecyclePolicyText()).isEqualTo(KEEP_ONE);
    assertThat(got.lastEvaluatedAt()).isNull();
    assertThat(deleted.lifecyclePolicyText()).isEqualTo(KEEP_ONE);
    assertThat(deleted.lastEvaluatedAt()).isEqualTo("2026-01-01T00:00:00Z");
    assertNoPolicy();
  }

  private void assertNoPolicy() {
    assertRefused(
        LifecyclePolicyNotFoundException.class,
        NO_POLICY,
        () -> ecr.getLifecyclePolicy(r -> r.repositoryName("app")));
    assertRefused(
        LifecyclePolicyNotFoundException.class,
        NO_POLICY,
        () -> ecr.deleteLifecyclePolicy(r -> r.repositoryName("app")));
    assertRefused(
        LifecyclePolicyNotFoundException.class,
        NO_POLICY,
        () -> ecr.startLifecyclePolicyPreview(r -> r.repositoryName("app")));
  }

  @Test
  void aTextThatIsNoValidPolicyIsRefusedInEcrsWords() {
    String bad = KEEP_ONE.replace("any", "tagged");
    String failure =
        "Lifecycle policy validation failure: Must specify tagPrefixList or tagPatternList when"
            + " tagStatus=TAGGED.";

    assertInvalid(
        "LifecyclePolicyText",
        failure,
        () -> ecr.putLifecyclePolicy(r -> r.repositoryName("app").lifecyclePolicyText(bad)));
    assertInvalid(
        "LifecyclePolicyText",
        failure,
        () ->
            ecr.startLifecyclePolicyPreview(r -> r.repositoryName("app").lifecyclePolicyText(bad)));
    assertNoPolicy();
  }

  @Test
  void aTextHasTheModelsLength() {
    String tooLong = KEEP_ONE + " ".repeat(LifecyclePolicy.LONGEST);

    assertInvalid(
        "lifecyclePolicyText",
        "must have length greater than or equal to 100",
        () -> ecr.putLifecyclePolicy(r -> r.repositoryName("app").lifecyclePolicyText("{}")));
    assertInvalid(
        "lifecyclePolicyText",
        "must have length less than or equal to 30720",
        () ->
            ecr.startLifecyclePolicyPreview(
                r -> r.repositoryName("app").lifecyclePolicyText(tooLong)));
  }

  @Test
  void aPreviewIsInProgressFirstAndCompleteWhenItIsAskedFor() {
    Digest old = registry.image("app", "old", "v1", "v1.0");
    registry.image("app", "new", "v2");

    var started =
        ecr.startLifecyclePolicyPreview(r -> r.repositoryName("app").lifecyclePolicyText(KEEP_ONE));
    var preview =
        ecr.waiter()
            .waitUntilLifecyclePolicyPreviewComplete(r -> r.repositoryName("app"))
            .matched()
            .response()
            .orElseThrow();

    assertThat(started.status()).isEqualTo(LifecyclePolicyPreviewStatus.IN_PROGRESS);
    assertThat(started.lifecyclePolicyText()).isEqualTo(KEEP_ONE);
    assertThat(started.registryId()).isEqualTo(ACCOUNT);
    assertThat(started.repositoryName()).isEqualTo("app");
    assertThat(preview.status()).isEqualTo(LifecyclePolicyPreviewStatus.COMPLETE);
    assertThat(preview.lifecyclePolicyText()).isEqualTo(KEEP_ONE);
    assertThat(preview.registryId()).isEqualTo(ACCOUNT);
    assertThat(preview.repositoryName()).isEqualTo("app");
    assertThat(preview.summary().expiringImageTotalCount()).isEqualTo(1);
    assertThat(preview.nextToken()).isNull();
    assertThat(preview.previewResults())
        .singleElement()
        .satisfies(result -> assertExpires(result, old));
    assertThat(ecr.listImages(r -> r.repositoryName("app")).imageIds()).hasSize(3);
  }

  private void assertExpires(LifecyclePolicyPreviewResult result, Digest image) {
    var detail =
        ecr.describeImages(r -> r.repositoryName("app").imageIds(byDigest(image)))
            .imageDetails()
            .getFirst();
    assertThat(result.imageDigest()).isEqualTo(image.toString());
    assertThat(result.imageTags()).isEqualTo(detail.imageTags());
    assertThat(result.imagePushedAt()).isEqualTo(detail.imagePushedAt());
    assertThat(result.action().type()).isEqualTo(ImageActionType.EXPIRE);
    assertThat(result.appliedRulePriority()).isEqualTo(7);
  }

  @Test
  void theStoredPolicyIsPreviewedWhereNoneIsGiven() {
    ecr.putLifecyclePolicy(r -> r.repositoryName("app").lifecyclePolicyText(KEEP_ONE));
    ecr.startLifecyclePolicyPreview(r -> r.repositoryName("app"));
    var preview = ecr.getLifecyclePolicyPreview(r -> r.repositoryName("app"));

    assertThat(preview.lifecyclePolicyText()).isEqualTo(KEEP_ONE);
    assertThat(preview.status()).isEqualTo(LifecyclePolicyPreviewStatus.COMPLETE);
    assertThat(preview.summary().expiringImageTotalCount()).isZero();
  }

  @Test
  void withoutAPreviewThereIsNoneToGet() {
    assertRefused(
        LifecyclePolicyPreviewNotFoundException.class,
        "There is no dry run for this repository.",
        () -> ecr.getLifecyclePolicyPreview(r -> r.repositoryName("app")));
  }

  @Test
  void aPreviewThatHasNotEndedKeepsOthersFromStarting() {
    var policy = LifecyclePolicy.parse(KEEP_ONE);
    registry.services.previews().start(ACCOUNT, new RepositoryName("app"), Optional.of(policy));

    assertRefused(
        LifecyclePolicyPreviewInProgressException.class,
        "The previous lifecycle policy preview request has not completed. Wait and try again.",
        () ->
            ecr.startLifecyclePolicyPreview(
                r -> r.repositoryName("app").lifecyclePolicyText(KEEP_ONE)));
    var preview = ecr.getLifecyclePolicyPreview(r -> r.repositoryName("app"));
    assertThat(preview.status()).isEqualTo(LifecyclePolicyPreviewStatus.IN_PROGRESS);
    assertThat(preview.hasPreviewResults()).isTrue();
    assertThat(preview.previewResults()).isEmpty();
    assertThat(preview.summary()).isNull();
  }

  @Test
  void resultsComePageByPageOldestFirst() {
    List<String> images = preview(5);

    List<String> seen = new ArrayList<>();
    for (var page :
        ecr.getLifecyclePolicyPreviewPaginator(r -> r.repositoryName("app").maxResults(2))) {
      assertThat(page.previewResults()).hasSizeLessThanOrEqualTo(2);
      assertThat(page.summary().expiringImageTotalCount()).isEqualTo(4);
      seen.addAll(digests(page));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(images.subList(0, 4));
  }

  @Test
  void aTokenIsGoodForItsPreviewAndFilterAlone() {
    preview(4);
    String token =
        ecr.getLifecyclePolicyPreview(r -> r.repositoryName("app").maxResults(1)).nextToken();
    String constraint = "must be a token that a call with the same parameters returned";

    assertInvalid(
        "nextToken",
        constraint,
        () ->
            ecr.getLifecyclePolicyPreview(
                r ->
                    r.repositoryName("app")
                        .nextToken(token)
                        .filter(f -> f.tagStatus(TagStatus.TAGGED))));
    ecr.startLifecyclePolicyPreview(r -> r.repositoryName("app").lifecyclePolicyText(KEEP_ONE));
    assertInvalid(
        "nextToken",
        constraint,
        () -> ecr.getLifecyclePolicyPreview(r -> r.repositoryName("app").nextToken(token)));
  }

  @Test
  void resultsCanBeThoseOfSomeImages() {
    Digest tagged = registry.image("app", "tagged", "v1");
    Digest untagged = registry.image("app", "untagged");
    registry.image("app", "newest", "v2");
    ecr.startLifecyclePolicyPreview(r -> r.repositoryName("app").lifecyclePolicyText(KEEP_ONE));

    assertThat(results(TagStatus.TAGGED)).containsExactly(tagged.toString());
    assertThat(results(TagStatus.UNTAGGED)).containsExactly(untagged.toString());
    assertThat(results(TagStatus.ANY)).hasSize(2);
    assertThat(results(byTag("v1"))).containsExactly(tagged.toString());
    assertThat(results(byDigest(untagged))).containsExactly(untagged.toString());
    assertThat(results(byBoth(tagged, "v1"), byTag("v2"))).containsExactly(tagged.toString());
    assertThat(results(byBoth(untagged, "v1"), byDigest(MISSING), byTag("none"))).isEmpty();
  }

  @Test
  void aRequestForResultsHasTheModelsConstraints() {
    preview(1);
    assertInvalid(
        "maxResults",
        "must have value less than or equal to 100",
        () -> ecr.getLifecyclePolicyPreview(r -> r.repositoryName("app").maxResults(101)));
    assertInvalid(
        "maxResults",
        "must have value greater than or equal to 1",
        () -> ecr.getLifecyclePolicyPreview(r -> r.repositoryName("app").maxResults(0)));
    assertInvalid(
        "imageIds",
        "must not be given together with nextToken or maxResults",
        () ->
            ecr.getLifecyclePolicyPreview(
                r -> r.repositoryName("app").imageIds(byTag("v1")).maxResults(1)));
    assertInvalid(
        "filter.tagStatus",
        "must satisfy enum value set: [TAGGED, UNTAGGED, ANY]",
        () ->
            ecr.getLifecyclePolicyPreview(
                r -> r.repositoryName("app").filter(f -> f.tagStatus("NONE"))));
    assertRefused(
        InvalidParameterException.class,
        "Invalid request parameters: both tag and digest cannot be null",
        () -> results(ImageIdentifier.builder().build()));
    assertRefused(
        InvalidParameterException.class,
        "Invalid request parameters: image digest should satisfy the regex"
            + " '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
        () -> results(byDigest("sha256:1")));
    assertRefused(
        InvalidParameterException.class,
        "Invalid request parameters: image tag should satisfy the regex"
            + " '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'",
        () -> results(byTag("-")));
  }

  /** So many images, of which the newest stays. */
  private List<String> preview(int count) {
    List<String> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(registry.image("app", "image " + i, "v" + i).toString());
    }
    ecr.startLifecyclePolicyPreview(r -> r.repositoryName("app").lifecyclePolicyText(KEEP_ONE));
    return images;
  }

  private List<String> results(TagStatus status) {
    return digests(
        ecr.getLifecyclePolicyPreview(
            r -> r.repositoryName("app").filter(f -> f.tagStatus(status))));
  }

  private List<String> results(ImageIdentifier... ids) {
    return digests(ecr.getLifecyclePolicyPreview(r -> r.repositoryName("app").imageIds(ids)));
  }

  private static List<String> digests(GetLifecyclePolicyPreviewResponse preview) {
    return preview.previewResults().stream()
        .map(LifecyclePolicyPreviewResult::imageDigest)
        .toList();
  }
}

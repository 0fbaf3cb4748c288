package dev.berth.registry.lifecycle;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static dev.berth.registry.lifecycle.ExpiringRegistry.keep;
import static dev.berth.registry.lifecycle.ExpiringRegistry.policy;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.audit.AuditException;
import dev.berth.core.audit.AuditJson;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Reference.ByDigest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.events.ImageAction;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.image.Registry;
import dev.berth.registry.outbox.Drainer;
import dev.berth.registry.outbox.EventBus;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.InterposedTable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LifecycleRunsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private InterposedTable table;
  private final ExpiringRegistry expiring =
      new ExpiringRegistry(below -> table = new InterposedTable(below));
  private final Registry registry = expiring.registry;

  @Test
  void whatExpiresIsDeletedToldAndRecordedInTheGuidesShape() throws IOException {
    Digest first = expiring.push("first", "alpine");
    Digest second = expiring.push("second", "centos", "8");
    Digest newest = expiring.push("newest", "ubuntu");
    Instant begun = registry.now;
    told();
    expiring.put(keep(1));

    LifecycleOutcome outcome = expiring.run();

    assertThat(outcome).isEqualTo(new LifecycleOutcome(3, sorted(Map.of(1, 2)), 0, true));
    assertThat(expiring.images()).containsExactly(newest);
    assertThat(registry.imageCount()).isEqualTo(1);
    assertThat(told())
        .containsExactlyInAnyOrder(first + " alpine", second + " centos", second + " 8");
    assertThat(expiring.policies.require(ACCOUNT, APP).lastEvaluatedAt()).contains(begun);
    assertThat(registry.records).hasSize(1);
    JsonNode details = details(0);
    assertThat(details.at("/lifecycleEventPolicy/policyId").asText()).hasSize(36);
    assertThat(details.toString())
        .isEqualTo(
            """
            {"repositoryName":"team/app","lifecycleEventPolicy":{"lifecycleEventRules":[\
            {"rulePriority":1,"description":"","lifecycleEventSelection":{"tagStatus":"Any",\
            "tagPrefixList":[],"countType":"Image count more than","countNumber":1},\
            "action":"expire"}],"lastEvaluatedAt":0,"policyVersion":1,"policyId":"%s"},\
            "lifecycleEventImageActions":[{"lifecycleEventImage":{"digest":"%s",\
            "tagStatus":"Tagged","tagList":["alpine"],"pushedAt":%d},"rulePriority":1},\
            {"lifecycleEventImage":{"digest":"%s","tagStatus":"Tagged",\
            "tagList":["8","centos"],"pushedAt":%d},"rulePriority":1}]}\
            """
                .formatted(
                    details.at("/lifecycleEventPolicy/policyId").asText(),
                    first,
                    begun.minus(Duration.ofHours(3)).toEpochMilli(),
                    second,
                    begun.minus(Duration.ofHours(2)).toEpochMilli()));
    assertNothingIsLeftOver();
  }

  @Test
  void theRecordHasTheEvaluationBeforeAndTheRulesOfAllKinds() throws IOException {
    expiring.put(
        policy(
            "\"tagStatus\":\"tagged\",\"tagPatternList\":[\"v*\",\"*-*rc\"],"
                + "\"countType\":\"sinceImagePulled\",\"countUnit\":\"days\",\"countNumber\":30"));
    Instant before = registry.now;
    expiring.run();
    expiring.push("old", "v1-1rc");
    registry.passes(Duration.ofDays(31));
    expiring.run();

    JsonNode policy = details(0).get("lifecycleEventPolicy");
    assertThat(policy.get("lastEvaluatedAt").asLong()).isEqualTo(before.toEpochMilli());
    assertThat(policy.at("/lifecycleEventRules/0/lifecycleEventSelection").toString())
        .isEqualTo(
            """
            {"tagStatus":"Tagged","tagPrefixList":["v","*-*rc"],\
            "countType":"Since image pulled","countNumber":30}\
            """);
  }

  @Test
  void aRunThatExpiresNothingIsNotRecorded() {
    expiring.push("only");
    expiring.put(keep(1));
    assertThat(expiring.run().expired()).isEmpty();
    assertThat(registry.records).isEmpty();
    assertThat(expiring.policies.require(ACCOUNT, APP).lastEvaluatedAt()).contains(registry.now);
  }

  @Test
  void anIndexGoesBeforeItsChildrenAndASubjectBeforeItsReferrersInOneRecord() {
    Digest child = expiring.push("child");
    Digest inner = expiring.pushManifest(Registry.index(child));
    Digest index = expiring.pushManifest(Registry.index(inner, child), "multi");
    Digest signature =
        expiring.pushManifest(registry.image("signature", Registry.referringTo(index)));
    Digest ofSignature =
        expiring.pushManifest(registry.image("more", Registry.referringTo(signature)));
    Digest newest = expiring.push("newest");
    expiring.put(keep(1));

    expiring.run();

    assertThat(expiring.images()).containsExactly(newest);
    assertThat(registry.records).hasSize(1);
    assertThat(expiring.recorded())
        .containsExactly(text(child, inner, index, signature, ofSignature));
    assertNothingIsLeftOver();
  }

  @Test
  void whatAnIndexThatStaysNamesIsNeverDeleted() {
    Digest child = expiring.push("child");
    Digest old = expiring.pushManifest(Registry.index(child), "old");
    Digest kept = expiring.pushManifest(Registry.index(child) + " ", "new");
    expiring.put(keep(1));

    expiring.run();

    assertThat(expiring.images()).containsExactlyInAnyOrder(child, kept);
    assertThat(expiring.recorded()).containsExactly(text(old));
  }

  /** What may happen to an image between the evaluation and its deletion. */
  enum Meanwhile {
    A_TAG_IS_GIVEN,
    A_TAG_IS_TAKEN,
    ANOTHER_TAG_IS_GIVEN_FOR_ONE_THAT_IS_TAKEN,
    ITS_TAG_MOVES,
    IT_IS_PUSHED_ANEW,
    AN_INDEX_NAMES_IT,
    IT_IS_PULLED
  }

  @ParameterizedTest
  @EnumSource
  void anImageThatChangedSinceItWasReadIsLeftForTheNextRun(Meanwhile what) {
    String manifest = registry.image("old");
    Digest old = expiring.pushManifest(manifest, "a");
    Digest gone = expiring.push("gone");
    expiring.push("new", "other");
    registry.passes(Duration.ofDays(2));
    Digest newest = expiring.push("newest");
    expiring.put(
        policy(
            "\"tagStatus\":\"any\",\"countType\":\"sinceImagePulled\",\"countUnit\":\"days\","
                + "\"countNumber\":1"));
    beforeDeletionOf(old, () -> happens(what, manifest, old));

    LifecycleOutcome outcome = expiring.run();

    assertThat(outcome.left()).isEqualTo(1);
    assertThat(outcome.finished()).isTrue();
    assertThat(expiring.images()).contains(old, newest).doesNotContain(gone);
    assertThat(expiring.recorded()).doesNotContain(old.toString()).contains(gone.toString());
    assertNothingIsLeftOver();
  }

  private void happens(Meanwhile what, String manifest, Digest digest) {
    switch (what) {
      case A_TAG_IS_GIVEN -> registry.push(manifest, "b");
      case A_TAG_IS_TAKEN -> registry.tags.untag(ACCOUNT, APP, new Tag("a"));
      case ANOTHER_TAG_IS_GIVEN_FOR_ONE_THAT_IS_TAKEN -> {
        registry.push(manifest, "b");
        registry.tags.untag(ACCOUNT, APP, new Tag("a"));
      }
      case ITS_TAG_MOVES -> registry.push(registry.image("another"), "a");
      case IT_IS_PUSHED_ANEW -> {
        registry.deletion.delete(ACCOUNT, APP, digest);
        registry.push(manifest, "a");
      }
      case AN_INDEX_NAMES_IT -> registry.push(Registry.index(digest), "multi");
      case IT_IS_PULLED -> registry.images.pull(ACCOUNT, APP, new ByDigest(digest));
    }
  }

  @Test
  void whereAgeSinceThePushDecidesAPullIsNoReasonToStay() {
    Digest old = expiring.push("old");
    expiring.push("new");
    expiring.put(keep(1));
    beforeDeletionOf(old, () -> registry.images.pull(ACCOUNT, APP, new ByDigest(old)));
    assertThat(expiring.run().total()).isEqualTo(1);
  }

  @Test
  void aReferrerWhoseSubjectIsLeftIsLeftToo() {
    String manifest = registry.image("subject");
    Digest subject = expiring.pushManifest(manifest, "a");
    Digest signature =
        expiring.pushManifest(registry.image("signature", Registry.referringTo(subject)));
    expiring.push("newest");
    expiring.put(keep(1));
    beforeDeletionOf(subject, () -> registry.push(manifest, "b"));

    assertThat(expiring.run().left()).isEqualTo(2);

    assertThat(expiring.images()).contains(subject, signature);
    assertThat(registry.records).isEmpty();
    assertNothingIsLeftOver();
  }

  @Test
  void aPolicyThatIsDeletedMeanwhileEndsTheRunAtTheNextStep() {
    IntStream.range(0, 251).forEach(i -> expiring.push("image " + i));
    expiring.put(keep(1));
    beforeRecordIsRemoved(() -> expiring.policies.delete(ACCOUNT, APP));

    LifecycleOutcome outcome = expiring.run();

    assertThat(outcome.total()).isEqualTo(100);
    assertThat(outcome.finished()).isFalse();
    assertThat(expiring.images()).hasSize(151);
    assertThat(expiring.run()).isEqualTo(LifecycleOutcome.NOTHING);
  }

  @Test
  void whatTakesLongerThanARunIsDoneByTheNextOnes() {
    IntStream.range(0, 251).forEach(i -> expiring.push("image " + i));
    expiring.put(keep(1));
    beforeRecordIsRemoved(() -> registry.passes(Duration.ofMinutes(6)));

    LifecycleOutcome first = expiring.run();
    assertThat(first.total()).isEqualTo(100);
    assertThat(first.finished()).isFalse();
    assertThat(expiring.policies.require(ACCOUNT, APP).lastEvaluatedAt()).isEmpty();

    LifecycleOutcome second = expiring.run();
    assertThat(second.total()).isEqualTo(150);
    assertThat(second.finished()).isTrue();
    assertThat(registry.records).hasSize(3);
    assertThat(expiring.images()).hasSize(1);
  }

  @Test
  void aRunThatReadsForLongerThanItMayDeleteDeletesToo() {
    Digest child = expiring.push("child");
    expiring.pushManifest(Registry.index(child), "old");
    Digest newest = expiring.push("newest");
    expiring.put(keep(1));
    whenManifestsAreRead(() -> registry.passes(Duration.ofMinutes(16)));

    LifecycleOutcome outcome = expiring.run();

    assertThat(outcome.total()).isEqualTo(2);
    assertThat(outcome.finished()).isTrue();
    assertThat(expiring.images()).containsExactly(newest);
  }

  @Test
  void aPolicyThatIsReplacedBeforeAnythingWentIsNotRunAndTheOtherOneIsToFollowAtOnce() {
    Digest child = expiring.push("child");
    expiring.pushManifest(Registry.index(child), "old");
    expiring.push("newest");
    expiring.put(keep(1));
    whenManifestsAreRead(() -> expiring.put(keep(2)));

    LifecycleOutcome outcome = expiring.run();

    assertThat(outcome.total()).isZero();
    assertThat(outcome.finished()).isFalse();
    assertThat(expiring.policies.require(ACCOUNT, APP).lastEvaluatedAt()).isEmpty();
    assertThat(expiring.run().finished()).isTrue();
    assertThat(expiring.images()).hasSize(3);
  }

  @Test
  void recordsOfManyTagsStayReadable() {
    List<String> tags = IntStream.range(0, 300).mapToObj(i -> 1000 + i + "x".repeat(120)).toList();
    for (int i = 0; i < 9; i++) {
      int image = i;
      expiring.push("image " + i, tags.stream().map(tag -> image + tag).toArray(String[]::new));
    }
    expiring.put(keep(1));

    expiring.run();

    assertThat(expiring.recorded()).hasSize(8);
    assertThat(registry.records)
        .hasSize(4)
        .allSatisfy(it -> assertThat(AuditJson.line(it)).hasSizeLessThan(250 * 1024));
  }

  @Test
  void whatCannotBeRecordedFailsTheRunAndIsRecordedLater() {
    IntStream.range(0, 151).forEach(i -> expiring.push("image " + i));
    expiring.put(keep(1));
    expiring.beforeRecord = ExpiringRegistry::diskIsFull;

    assertThatThrownBy(expiring::run).isInstanceOf(AuditException.class);

    assertThat(expiring.images()).as("no more goes unrecorded").hasSize(51);
    assertThat(expiring.policies.require(ACCOUNT, APP).lastEvaluatedAt()).isEmpty();
    assertThat(registry.records).isEmpty();
    registry.passes(Duration.ofMinutes(21));
    registry.sweeper.run();
    assertThat(expiring.recorded()).hasSize(100).doesNotHaveDuplicates();
    assertNothingIsLeftOver();
  }

  @Test
  void whereTheRepositoryOrItsPolicyIsGoneNothingHappens() {
    expiring.push("first");
    assertThat(expiring.run()).isEqualTo(LifecycleOutcome.NOTHING);
    assertThat(expiring.runs.run(ACCOUNT, new RepositoryName("none"), any -> {}))
        .isEqualTo(LifecycleOutcome.NOTHING);
  }

  @Test
  void aRepositoryThatIsMadeAnewMeanwhileKeepsItsImages() {
    expiring.push("first");
    expiring.push("second");
    expiring.put(keep(1));
    String manifest = registry.image("first");
    beforeDeletionOf(
        Digest.sha256(manifest.getBytes(UTF_8)),
        () -> {
          registry.repositories.delete(ACCOUNT, APP, true);
          registry.repositories.create(ACCOUNT, APP, Settings.defaults(), Map.of());
          expiring.push("first");
        });

    expiring.run();

    assertThat(expiring.images()).hasSize(1);
    assertThat(registry.imageCount()).isEqualTo(1);
  }

  @Test
  void imagesExpireWhileTheRepositorysKeyIsDisabled() {
    KeyArn key = registry.encryptApp();
    Digest child = expiring.push("child");
    expiring.pushManifest(Registry.index(child), "old");
    Digest newest = expiring.push("newest");
    expiring.put(keep(1));
    registry.keys.disable(key);

    assertThat(expiring.run().total()).isEqualTo(2);
    assertThat(expiring.images()).containsExactly(newest);
  }

  @Test
  void aRepositoryThatIsDamagedFails() {
    expiring.push("first");
    expiring.put(keep(1));
    registry.table.all().stream()
        .filter(item -> item.key().partition().startsWith("I#"))
        .forEach(
            item ->
                registry.table.transact(
                    Action.update(item.key()).remove("state").when(Condition.present())));
    assertThatThrownBy(expiring::run).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRepositoryWithoutAPolicyIsUnderItsRegistrysAndHasItsOwnEvaluationTimes()
      throws IOException {
    var defaults = new RegistryLifecyclePolicies(table);
    defaults.put(ACCOUNT, keep(1));
    expiring.push("first");
    expiring.push("second");
    Instant begun = registry.now;

    assertThat(expiring.run().total()).isEqualTo(1);

    assertThatThrownBy(() -> expiring.policies.require(ACCOUNT, APP))
        .hasMessageContaining("Lifecycle policy does not exist");
    assertThat(expiring.policies.effective(ACCOUNT, APP).orElseThrow().lastEvaluatedAt())
        .contains(begun);
    expiring.push("third");
    expiring.run();
    assertThat(details(1).at("/lifecycleEventPolicy/lastEvaluatedAt").asLong())
        .isEqualTo(begun.toEpochMilli());
    defaults.put(ACCOUNT, keep(2));
    assertThat(expiring.policies.effective(ACCOUNT, APP).orElseThrow().lastEvaluatedAt()).isEmpty();
    expiring.put(keep(5));
    expiring.push("fourth");
    expiring.push("fifth");
    assertThat(expiring.run().total()).as("its own policy keeps more").isZero();
    defaults.delete(ACCOUNT);
    expiring.policies.delete(ACCOUNT, APP);
    assertThat(expiring.run()).isEqualTo(LifecycleOutcome.NOTHING);
  }

  /** While a run takes stock. */
  private void whenManifestsAreRead(Runnable what) {
    table.beforeRead(key -> key.partition().startsWith("M#"), what);
  }

  private void beforeDeletionOf(Digest digest, Runnable what) {
    table.before(
        action ->
            action instanceof Action.Update update
                && update.key().sort().equals(digest.toString())
                && update.set().containsKey("state"),
        what);
  }

  /** When a step's images are deleted and recorded. */
  private void beforeRecordIsRemoved(Runnable what) {
    table.before(
        action -> action instanceof Action.Delete && action.key().sort().startsWith("step#"), what);
  }

  /** Nothing but what the repository holds. */
  private void assertNothingIsLeftOver() {
    assertThat(registry.table.all())
        .extracting(item -> item.key().partition())
        .noneMatch(partition -> partition.startsWith("VE#") || partition.equals("W"));
  }

  private static SortedMap<Integer, Integer> sorted(Map<Integer, Integer> map) {
    return new TreeMap<>(map);
  }

  private static String[] text(Digest... digests) {
    return Stream.of(digests).map(Digest::toString).toArray(String[]::new);
  }

  private JsonNode details(int record) throws IOException {
    return JSON.readTree(AuditJson.line(registry.records.get(record))).get("serviceEventDetails");
  }

  /** The DELETE events since this was asked for last. */
  private List<String> told() {
    List<String> told = new ArrayList<>();
    EventBus bus =
        events -> {
          events.stream()
              .map(ImageAction.class::cast)
              .filter(event -> event.actionType().equals("DELETE"))
              .forEach(
                  event ->
                      told.add(
                          event.imageDigest() + event.imageTag().map(t -> " " + t).orElse("")));
          return Map.of();
        };
    new Drainer(registry.table, bus, "us-west-2", "aws.ecr", registry.clock).run();
    return told;
  }
}

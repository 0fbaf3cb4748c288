package dev.berth.registry.lifecycle;

import static dev.berth.registry.lifecycle.ExpiringRegistry.keep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.audit.AuditException;
import dev.berth.core.audit.AuditRecord;
import dev.berth.core.audit.PolicyExecution;
import dev.berth.core.oci.Digest;
import dev.berth.registry.image.Registry;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.work.Work;
import dev.berth.registry.work.Work.ExpireImages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that more than one finishes, and steps of more images than one page. */
class BrokenOffStepsTest {

  private InterposedTable table;
  private final ExpiringRegistry expiring =
      new ExpiringRegistry(below -> table = new InterposedTable(below));
  private final Registry registry = expiring.registry;

  @Test
  void nothingMoreGoesByAStepThatAnotherOneHasFinished() {
    List<Digest> old = IntStream.range(0, 20).mapToObj(i -> expiring.push("old " + i)).toList();
    Digest newest = expiring.push("newest");
    expiring.put(keep(1));
    Digest late = old.getLast();
    beforeDeletionOf(late, this::theSweeperComes);

    LifecycleOutcome outcome = expiring.run();

    assertThat(expiring.images()).contains(late, newest);
    assertThat(outcome.total()).isEqualTo(21 - expiring.images().size());
    assertThat(outcome.left()).isEqualTo(20 - outcome.total());
    assertThat(expiring.run().total()).isEqualTo(outcome.left());
    assertRecordedOnce(old);
  }

  @Test
  void whatTwoRecordAtOnceIsOneEvent() {
    List<Digest> family = family(150);
    expiring.push("newest");
    expiring.put(keep(1));
    expiring.beforeRecord =
        () -> {
          expiring.beforeRecord = () -> {};
          theSweeperComes();
        };

    expiring.run();

    assertThat(expiring.images()).hasSize(1);
    assertRecordedAsOneEvent(family);
  }

  @Test
  void ofTwoThatFindAStepOneFinishesIt() {
    Digest old = expiring.push("old");
    expiring.push("newest");
    expiring.put(keep(1));
    expiring.beforeRecord = ExpiringRegistry::diskIsFull;
    assertThatThrownBy(expiring::run).isInstanceOf(AuditException.class);
    Item found = step();
    var step = (ExpireImages) Work.of(found);
    expiring.beforeRecord = () -> registry.steps.finish(step, Work.due(found));

    expiring.steps.finish(step, Work.due(found));

    assertRecordedOnce(List.of(old));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aStepOfManyImagesIsRecordedAsTheSameEventsWhereverItsEndIsBrokenOff(int removals) {
    List<Digest> family = family(250);
    expiring.push("newest");
    expiring.put(keep(1));
    var left = new AtomicInteger(removals);
    beforeRemoval(left);

    Optional<StoreException> killed = Optional.empty();
    try {
      expiring.run();
    } catch (StoreException e) {
      killed = Optional.of(e);
    }
    assertThat(killed).isPresent();
    assertThat(expiring.images()).hasSize(1);
    theSweeperComes();

    assertRecordedAsOneEvent(family);
  }

  @Test
  void aLongChainOfReferrersGoesAPageAtATime() {
    List<Digest> family = family(250);
    expiring.push("newest");
    expiring.put(keep(1));
    beforeDeletionOf(
        family.get(1),
        () -> {
          anotherOneTakesTheStep();
          throw new StoreException("killed");
        });
    assertThatThrownBy(expiring::run).isInstanceOf(StoreException.class);
    assertThat(expiring.images()).hasSize(250);

    theSweeperComes();

    assertThat(expiring.images()).hasSize(1);
    assertRecordedOnce(family);
  }

  @Test
  void aStepThatAnotherOneTakesWhileItIsWrittenDownEnds() {
    List<Digest> family = family(150);
    expiring.push("newest");
    expiring.put(keep(1));
    table.before(
        action -> action instanceof Action.Put put && isRowOf(put, family.getLast()),
        this::anotherOneTakesTheStep);

    assertThat(expiring.run().left()).isEqualTo(150);

    assertThat(expiring.images()).hasSize(151);
    theSweeperComes();
    assertThat(expiring.images()).hasSize(151);
    assertRecordedOnce(List.of());
  }

  @Test
  void whatWasToGoWithAnotherOneIsNotCountedByTheRunAfterOneThatWasKilled() {
    Digest subject = expiring.push("subject");
    Digest kept = expiring.push("kept");
    Digest signature =
        expiring.pushManifest(registry.image("signature", Registry.referringTo(subject)));
    expiring.put(keep(1));
    beforeDeletionOf(
        signature,
        () -> {
          anotherOneTakesTheStep();
          throw new StoreException("killed");
        });
    assertThatThrownBy(expiring::run).isInstanceOf(StoreException.class);
    assertThat(expiring.images()).containsExactlyInAnyOrder(kept, signature);

    expiring.run();

    assertThat(expiring.images()).containsExactly(kept);
    assertRecordedOnce(List.of(subject, signature));
  }

  @Test
  void aRunThatReadsWhileImagesGoByAnotherOneReadsAgain() {
    Digest child = expiring.push("child");
    Digest index = expiring.pushManifest(Registry.index(child), "multi");
    expiring.push("newest");
    expiring.put(keep(1));
    table.beforeRead(key -> key.partition().startsWith("M#"), expiring::run);

    LifecycleOutcome outcome = expiring.run();

    assertThat(outcome.images()).isEqualTo(1);
    assertThat(outcome.left()).isZero();
    assertRecordedOnce(List.of(child, index));
  }

  @Test
  void ofTwoRunsAtOnceEachImageGoesByOne() {
    List<Digest> old = IntStream.range(0, 150).mapToObj(i -> expiring.push("old " + i)).toList();
    expiring.push("newest");
    expiring.put(keep(1));
    var other = new AtomicInteger();
    beforeDeletionOf(old.get(30), () -> other.set(expiring.run().total()));

    int total = expiring.run().total();

    assertThat(total + other.get()).isEqualTo(150);
    assertThat(expiring.images()).hasSize(1);
    assertRecordedOnce(old);
  }

  private static boolean isRowOf(Action.Put put, Digest digest) {
    return put.key().partition().startsWith("VE#") && put.key().sort().endsWith(digest.toString());
  }

  private void anotherOneTakesTheStep() {
    registry.table.transact(
        Action.update(step().key())
            .set(Work.DUE, registry.now.plusSeconds(7).toEpochMilli())
            .when(Condition.present()));
  }

  private Item step() {
    return registry
        .table
        .query(Keys.works(), "step#", Optional.empty(), 1, Consistency.STRONG)
        .entries()
        .getFirst();
  }

  /** Both go, or none: the one who runs the step comes late, right before a row is dropped. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anImageThatGoesWhileItsStepIsFinishedTakesItsFollowersAlong(int dropped) {
    List<Digest> family = family(2);
    expiring.push("newest");
    expiring.put(keep(1));
    beforeDeletionOf(
        family.getFirst(),
        () -> {
          anotherOneTakesTheStep();
          throw new StoreException("killed");
        });
    assertThatThrownBy(expiring::run).isInstanceOf(StoreException.class);
    Item found = step();
    var step = (ExpireImages) Work.of(found);
    PlannedImage late = PlannedImage.read(rowOf(family.getFirst(), step));
    table.before(
        action ->
            action instanceof Action.Delete
                && action.key().partition().startsWith("VE#")
                && action.key().sort().endsWith(family.get(dropped).toString()),
        () -> registry.deletion.delete(late.deletion(step), late.seen(), late.expire(step)));

    expiring.steps.finish(step, Work.due(found));

    assertThat(expiring.images().contains(family.getLast()))
        .isEqualTo(expiring.images().contains(family.getFirst()));
    assertRecordedOnce(
        family.stream().filter(digest -> !expiring.images().contains(digest)).toList());
  }

  private Item rowOf(Digest digest, ExpireImages step) {
    return registry
        .table
        .get(Keys.expiring(step.repositoryId(), step.step(), 0, digest), Consistency.STRONG)
        .orElseThrow();
  }

  @Test
  void nothingIsLeftOfARepositoryThatIsDeleted() {
    family(2);
    expiring.push("newest");
    expiring.put(keep(1));
    expiring.run();
    String id = registry.reader.require(Registry.ACCOUNT, Registry.APP).id();

    registry.repositories.delete(Registry.ACCOUNT, Registry.APP, true);
    registry.sweeper.run();

    assertThat(registry.table.all())
        .extracting(item -> item.key().partition())
        .noneMatch(partition -> partition.contains(id));
  }

  /** An image that has a referrer, which has one, and so on: the first holds all. */
  private List<Digest> family(int members) {
    List<Digest> family = new ArrayList<>();
    family.add(expiring.push("first"));
    while (family.size() < members) {
      String manifest =
          registry.image("member " + family.size(), Registry.referringTo(family.getLast()));
      family.add(expiring.pushManifest(manifest));
    }
    return family;
  }

  private void theSweeperComes() {
    registry.passes(Duration.ofMinutes(21));
    registry.sweeper.run();
  }

  private void beforeDeletionOf(Digest digest, Runnable what) {
    table.before(
        action ->
            action instanceof Action.Update update
                && update.key().sort().equals(digest.toString())
                && update.set().containsKey("state"),
        what);
  }

  /** Ends the run after so many removals of what it wrote down. */
  private void beforeRemoval(AtomicInteger left) {
    table.before(
        action ->
            action instanceof Action.Delete
                && action.key().partition().matches("VE#.*|W")
                && !action.key().sort().startsWith("image#"),
        () -> {
          if (left.decrementAndGet() > 0) {
            beforeRemoval(left);
          } else {
            throw new StoreException("killed");
          }
        });
  }

  private void assertRecordedOnce(List<Digest> gone) {
    assertThat(expiring.recorded())
        .containsExactlyInAnyOrderElementsOf(gone.stream().map(Digest::toString).toList());
    assertNothingIsLeftOver();
  }

  /** Those that drop what has an id that they know have each image once. */
  private void assertRecordedAsOneEvent(List<Digest> gone) {
    assertThat(
            registry.records.stream()
                .flatMap(record -> digests(record).map(digest -> record.eventId() + " " + digest))
                .distinct()
                .map(text -> text.substring(text.indexOf(' ') + 1)))
        .containsExactlyInAnyOrderElementsOf(gone.stream().map(Digest::toString).toList());
    assertNothingIsLeftOver();
  }

  private static Stream<String> digests(AuditRecord written) {
    var execution = (PolicyExecution) written.serviceEventDetails().orElseThrow();
    return execution.lifecycleEventImageActions().stream()
        .map(action -> action.lifecycleEventImage().digest());
  }

  private void assertNothingIsLeftOver() {
    assertThat(registry.table.all())
        .extracting(item -> item.key().partition())
        .noneMatch(partition -> partition.startsWith("VE#") || partition.equals("W"));
  }
}

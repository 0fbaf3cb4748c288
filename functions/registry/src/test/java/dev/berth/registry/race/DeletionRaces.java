package dev.berth.registry.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.audit.PolicyExecution;
import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Reference.ByTag;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.image.ImagePush.Pushed;
import dev.berth.registry.image.TaggedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Deletions of images and tags against pushes of the same. */
abstract class DeletionRaces extends UploadRaces {

  private static final Tag LATEST = new Tag("latest");

  private static final LifecyclePolicy UNTAGGED_FOR_A_DAY =
      LifecyclePolicy.parse(
          "{\"rules\":[{\"rulePriority\":1,\"selection\":{\"tagStatus\":\"untagged\","
              + "\"countType\":\"sinceImagePushed\",\"countUnit\":\"days\",\"countNumber\":1},"
              + "\"action\":{\"type\":\"expire\"}}]}");

  @Test
  void deletionsOfImagesAgainstPushesLeaveCountsExact() throws Exception {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (String manifest : fourImages()) {
      tasks.add(() -> pushImage(APP, manifest, "latest").changed());
      tasks.add(() -> pushImage(APP, manifest, "another").changed());
      tasks.add(() -> delete(pushImage(APP, manifest, "other").digest()));
      tasks.add(() -> delete(pushImage(APP, manifest, "latest").digest()));
    }

    Contest.of(tasks, ImageNotFound.class);

    assertExact(APP);
  }

  @Test
  void deletionsOfTagsAgainstPushesLeaveCountsExact() throws Exception {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (String manifest : fourImages()) {
      tasks.add(() -> pushImage(APP, manifest, "latest").changed());
      tasks.add(() -> pushImage(APP, manifest, "latest").changed());
      tasks.add(() -> services.tags().untag(account, APP, LATEST) != null);
      tasks.add(() -> services.tags().deleteByTag(account, APP, LATEST) != null);
    }

    Contest.of(tasks, ImageNotFound.class);

    assertExact(APP);
  }

  /** Each image that is gone went once, by one of the runs, and none with a tag that it got. */
  @Test
  void lifecycleRunsAgainstEachOtherAndPushesLeaveCountsExactAndRecordsTrue() throws Exception {
    List<String> manifests =
        IntStream.range(0, 12).mapToObj(i -> image(APP, "image " + i)).toList();
    List<Digest> old = manifests.stream().map(it -> pushImage(APP, it, "latest").digest()).toList();
    pass(Duration.ofDays(2));
    services.lifecyclePolicies().put(account, APP, UNTAGGED_FOR_A_DAY);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (String manifest : manifests.subList(0, 4)) {
      tasks.add(() -> pushImage(APP, manifest, "kept").changed());
      tasks.add(() -> services.lifecycleRuns().run(account, APP, any -> {}).finished());
    }

    Contest.of(tasks, ImageNotFound.class);
    services.lifecycleRuns().run(account, APP, any -> {});

    assertExact(APP);
    List<TaggedImage> there = images(APP);
    assertThat(there)
        .allSatisfy(
            image ->
                assertThat(!image.tags().isEmpty() || image.image().pushedAt().equals(now()))
                    .isTrue());
    assertThat(there.stream().flatMap(image -> image.tags().stream()))
        .containsExactlyInAnyOrder(LATEST, new Tag("kept"));
    List<String> recorded =
        records.stream()
            .map(it -> (PolicyExecution) it.serviceEventDetails().orElseThrow())
            .flatMap(it -> it.lifecycleEventImageActions().stream())
            .map(it -> it.lifecycleEventImage().digest())
            .toList();
    assertThat(recorded).doesNotHaveDuplicates();
    assertThat(recorded)
        .containsAll(old.subList(4, 11).stream().map(Digest::toString).toList())
        .doesNotContain(old.getLast().toString());
  }

  @RepeatedTest(ROUNDS)
  void anImageIsThereAfterADeletionAndAPushUnlessItWasDeletedLast() throws Exception {
    String manifest = image(APP, "one");
    Digest digest = pushImage(APP, manifest, "before").digest();

    var results =
        Contest.<Boolean>of(
            List.of(() -> pushImage(APP, manifest, "latest").changed(), () -> delete(digest)),
            ImageNotFound.class);

    assertThat(results).as("nothing is in the way of either").doesNotContain(Optional.empty());
    assertExact(APP);
    assertThat(images(APP).stream().flatMap(image -> image.tags().stream()))
        .doesNotContain(new Tag("before"));
    Pushed again = pushImage(APP, manifest, "latest");
    assertThat(services.images().look(account, APP, new ByTag(LATEST)).digest())
        .isEqualTo(again.digest());
  }

  @Test
  void ofPushesOfOneTagOneWinsAndAllImagesExist() throws Exception {
    List<String> manifests = fourImages();

    Contest.of(
        manifests.stream()
            .<Callable<Digest>>map(manifest -> () -> pushImage(APP, manifest, "latest").digest())
            .toList(),
        ImageNotFound.class);

    assertThat(images(APP)).hasSize(manifests.size());
    assertThat(images(APP).stream().flatMap(image -> image.tags().stream()))
        .containsExactly(LATEST);
    assertExact(APP);
  }

  private List<String> fourImages() {
    return IntStream.range(0, 4).mapToObj(i -> image(APP, "image " + i)).toList();
  }

  private boolean delete(Digest digest) {
    return services.deletion().delete(account, APP, digest) != null;
  }
}

package dev.berth.registry.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Reference.ByTag;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.image.ImagePush.Pushed;
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

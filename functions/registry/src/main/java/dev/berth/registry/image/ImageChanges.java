package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Action.UpdateBuilder;
import dev.berth.registry.store.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what one transaction changes of the images that are there already: one image may lose a
 * tag and gain a parent at once, and a transaction has only one action per item.
 */
final class ImageChanges {

  private final String repositoryId;
  private final Map<Digest, Counts> changes = new LinkedHashMap<>();

  ImageChanges(String repositoryId) {
    this.repositoryId = repositoryId;
  }

  private record Counts(int tags, int parents) {
    Counts plus(Counts more) {
      return new Counts(tags + more.tags, parents + more.parents);
    }
  }

  void addTags(Digest image, int count) {
    changes.merge(image, new Counts(count, 0), Counts::plus);
  }

  void addParents(Digest image, int count) {
    changes.merge(image, new Counts(0, count), Counts::plus);
  }

  /** The updates; the transaction is refused where one of the images is gone or going. */
  List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    changes.forEach(
        (digest, counts) -> {
          UpdateBuilder update = Action.update(Keys.image(repositoryId, digest));
          if (counts.tags != 0) {
            update.add(ImageItem.TAG_COUNT, counts.tags).add(ImageItem.TAG_CHANGES, 1);
          }
          if (counts.parents != 0) {
            update.add(ImageItem.PARENT_COUNT, counts.parents);
          }
          actions.add(update.when(ImageItem.isActive()));
        });
    return actions;
  }
}

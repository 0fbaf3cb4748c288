package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.ImageReferencedByManifestList;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes tags from images. */
public final class TagDeletion {

  private final Table table;
  private final RepositoryReader repositories;
  private final ImageDeletion images;

  public TagDeletion(Table table, RepositoryReader repositories, ImageDeletion images) {
    this.table = table;
    this.repositories = repositories;
    this.images = images;
  }

  /**
   * Takes a tag from its image and leaves the image (OCI distribution specification, "Deleting
   * tags").
   *
   * @return the image
   * @throws ImageNotFound if there is no such tag
   */
  public Digest untag(String account, RepositoryName name, Tag tag) {
    return Retry.untilDecided(
        () -> {
          Repository repository = repositories.require(account, name);
          return untag(repository, tag, tagged(repository, tag));
        });
  }

  /**
   * Takes a tag from its image, and deletes the image with its last tag (ECR's BatchDeleteImage).
   *
   * @return the image
   * @throws ImageNotFound if there is no such tag
   * @throws ImageReferencedByManifestList if it is the last tag of an image that an index names
   */
  public Digest deleteByTag(String account, RepositoryName name, Tag tag) {
    return Retry.untilDecided(
        () -> {
          Repository repository = repositories.require(account, name);
          Digest digest = tagged(repository, tag);
          return isLastTag(repository, digest)
              ? deleteImage(account, name, digest)
              : untag(repository, tag, digest);
        });
  }

  /** Empty where the image is gone already: then so is the tag, and the next look says so. */
  private Optional<Digest> deleteImage(String account, RepositoryName name, Digest digest) {
    try {
      images.delete(account, name, digest);
      return Optional.of(digest);
    } catch (ImageNotFound deletedMeanwhile) {
      return Optional.empty();
    }
  }

  private Optional<Digest> untag(Repository repository, Tag tag, Digest digest) {
    List<Action> actions = new ArrayList<>(TagItem.delete(repository.id(), tag, digest));
    ImageChanges changes = new ImageChanges(repository.id());
    changes.addTags(digest, -1);
    actions.addAll(changes.actions());
    if (table.transact(actions).committed()) {
      return Optional.of(digest);
    }
    images.finishIfDeleting(repository, digest);
    return Optional.empty();
  }

  private boolean isLastTag(Repository repository, Digest digest) {
    return table
        .get(Keys.image(repository.id(), digest), Consistency.STRONG)
        .map(ImageItem::read)
        .filter(image -> image.tagCount() == 1)
        .isPresent();
  }

  private Digest tagged(Repository repository, Tag tag) {
    Optional<Item> item = table.get(Keys.tag(repository.id(), tag.value()), Consistency.STRONG);
    return item.map(TagItem::read)
        .orElseThrow(
            () ->
                new ImageNotFound(
                    repository.account(),
                    repository.name(),
                    Optional.empty(),
                    Optional.of(tag.value())));
  }
}

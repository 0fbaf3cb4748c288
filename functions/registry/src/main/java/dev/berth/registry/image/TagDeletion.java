package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.ImageReferencedByManifestList;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
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
          return untag(repository, tag, tagged(repository, tag), ImageItem.isActive());
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
          return table
              .get(Keys.image(repository.id(), digest), Consistency.STRONG)
              .map(ImageItem::read)
              .flatMap(image -> deleteByTag(repository, image, tag));
        });
  }

  /** Empty where the image changed meanwhile: whether the tag is its last has to be seen again. */
  private Optional<Digest> deleteByTag(Repository repository, Image image, Tag tag) {
    if (image.isActive() && image.tagCount() == 1) {
      return images.deleteWithOnlyTag(repository, image, tag)
          ? Optional.of(image.digest())
          : Optional.empty();
    }
    Condition asRead =
        Condition.all(ImageItem.isActive(), Condition.equal(ImageItem.TAG_COUNT, image.tagCount()));
    return untag(repository, tag, image.digest(), asRead);
  }

  /**
   * @param condition that the image has to meet
   */
  private Optional<Digest> untag(
      Repository repository, Tag tag, Digest digest, Condition condition) {
    List<Action> actions = new ArrayList<>(TagItem.delete(repository.id(), tag, digest));
    actions.add(
        Action.update(Keys.image(repository.id(), digest))
            .add(ImageItem.TAG_COUNT, -1)
            .add(ImageItem.TAG_CHANGES, 1)
            .when(condition));
    actions.add(images.told(ImageDeletion.work(repository, digest), List.of(tag)));
    if (table.transact(actions).committed()) {
      return Optional.of(digest);
    }
    images.finishIfDeleting(repository, digest);
    return Optional.empty();
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

package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.ImageReferencedByManifestList;
import dev.berth.registry.image.Image.State;
import dev.berth.registry.outbox.Change.Deleted;
import dev.berth.registry.outbox.OutboxRecord;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryItem;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.RepositoryReader.Found;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Outcome.Committed;
import dev.berth.registry.store.Outcome.Refused;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import dev.berth.registry.work.Work.DeleteImage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes images and tags out of repositories. An image first turns to DELETING, and reads as absent
 * from then on; its tags go in batches, then the rest at once. Whoever meets it half-way finishes
 * the work, and what nobody meets is finished by {@link dev.berth.registry.sweep.Sweeper}. Each
 * tag's going is told of in its transaction, and the image's where it had none.
 */
public final class ImageDeletion {

  /** Two actions a tag, one for the image, and one that tells of it. */
  private static final int TAGS_PER_TRANSACTION = (Table.MOST - 2) / 2;

  private static final Condition DELETABLE =
      Condition.all(ImageItem.isActive(), Condition.equal(ImageItem.PARENT_COUNT, 0));

  /** After this, whoever began a deletion has ended, one way or another. */
  private static final Duration LONGEST_DELETION = Duration.ofMinutes(1);

  private final Table table;
  private final Objects objects;
  private final Manifests manifests;
  private final ConversionRecords conversions;
  private final RepositoryReader repositories;
  private final Clock clock;

  public ImageDeletion(Table table, Objects objects, RepositoryReader repositories, Clock clock) {
    this.table = table;
    this.objects = objects;
    this.manifests = new Manifests(objects);
    this.conversions = new ConversionRecords(table);
    this.repositories = repositories;
    this.clock = clock;
  }

  /**
   * Deletes an image with all its tags.
   *
   * @return the tags that it had
   * @throws ImageNotFound if there is none with this digest
   * @throws ImageReferencedByManifestList if an index of the repository names it
   */
  public List<Tag> delete(String account, RepositoryName name, Digest digest) {
    return Retry.untilDecided(
        () -> {
          Found found = find(account, name, digest);
          Repository repository = found.repository();
          Image image = active(found, digest).orElseThrow(() -> notFound(account, name, digest));
          requireNoParents(repository, image);
          DeleteImage deletion = work(repository, digest);
          return beginDeletion(deletion, DELETABLE)
              ? Optional.of(finish(deletion))
              : Optional.empty();
        });
  }

  /**
   * Deletes an image with its only tag.
   *
   * @return false if by now it has another tag, or the tag another image
   * @throws ImageReferencedByManifestList if an index of the repository names it
   */
  boolean deleteWithOnlyTag(Repository repository, Image image, Tag tag) {
    requireNoParents(repository, image);
    DeleteImage deletion = work(repository, image.digest());
    boolean begun =
        beginDeletion(
            deletion,
            Condition.all(DELETABLE, Condition.equal(ImageItem.TAG_COUNT, 1)),
            Action.check(Keys.tag(repository.id(), tag.value()), TagItem.names(image.digest())));
    if (begun) {
      finish(deletion);
    }
    return begun;
  }

  /**
   * Deletes an image, if it still is what was seen of it and no index of the repository names it.
   *
   * @param more what else is done in the transaction that begins the deletion, or keeps it from it;
   *     what is deleted is deleted once, so of several transactions one is committed
   * @return false if the image is left
   */
  public boolean delete(DeleteImage deletion, SeenImage seen, Action... more) {
    List<Action> checks = new ArrayList<>(List.of(more));
    seen.subject()
        .map(subject -> Keys.image(deletion.repositoryId(), subject))
        .ifPresent(subject -> checks.add(Action.check(subject, Condition.absent())));
    boolean begun =
        beginDeletion(
            deletion, Condition.all(DELETABLE, seen.condition()), checks.toArray(Action[]::new));
    if (begun) {
      finish(deletion);
    }
    return begun;
  }

  private void requireNoParents(Repository repository, Image image) {
    if (image.parentCount() > 0) {
      throw new ImageReferencedByManifestList(parents(repository, image.digest()));
    }
  }

  /**
   * Finishes a deletion that has begun, by whomever. Nothing happens where it is finished, whether
   * or not the image has been pushed anew since.
   *
   * @return the tags that were still there
   */
  public List<Tag> finish(DeleteImage deletion) {
    return deleting(deletion.repositoryId(), deletion.digest())
        .map(image -> finish(deletion, image))
        .orElse(List.of());
  }

  private List<Tag> finish(DeleteImage deletion, Image image) {
    List<Tag> tags = deleteTags(deletion, image);
    conversions.forget(
        deletion.repositoryId(), deletion.digest(), ImageItem.isStillDeleting(image));
    ReplicationRecords.forget(
        table, deletion.repositoryId(), deletion.digest(), ImageItem.isStillDeleting(image));
    deleteRest(deletion, image);
    return tags;
  }

  /**
   * Finishes the deletion of an image if one has begun, so that its tags are free.
   *
   * @return whether one had begun
   */
  boolean finishIfDeleting(Repository repository, Digest digest) {
    Optional<Image> image = deleting(repository.id(), digest);
    image.ifPresent(found -> finish(work(repository, digest), found));
    return image.isPresent();
  }

  private Optional<Image> deleting(String repositoryId, Digest digest) {
    return table
        .get(Keys.image(repositoryId, digest), Consistency.STRONG)
        .map(ImageItem::read)
        .filter(image -> !image.isActive());
  }

  private boolean beginDeletion(DeleteImage deletion, Condition deletable, Action... checks) {
    List<Action> actions = new ArrayList<>(List.of(checks));
    actions.add(
        Action.update(Keys.image(deletion.repositoryId(), deletion.digest()))
            .set(ImageItem.STATE, State.DELETING.name())
            .set(ImageItem.DELETION, UUID.randomUUID().toString())
            .when(deletable));
    actions.add(Action.put(deletion.item(clock.instant().plus(LONGEST_DELETION))));
    return table.transact(actions).committed();
  }

  private List<Tag> deleteTags(DeleteImage deletion, Image image) {
    String repositoryId = deletion.repositoryId();
    Digest digest = image.digest();
    Action stillDeleting =
        Action.check(Keys.image(repositoryId, digest), ImageItem.isStillDeleting(image));
    List<Tag> all = new ArrayList<>();
    while (true) {
      List<Tag> tags = TagItem.some(table, repositoryId, digest, TAGS_PER_TRANSACTION);
      if (tags.isEmpty()) {
        return all;
      }
      List<Action> actions = new ArrayList<>();
      actions.add(stillDeleting);
      tags.forEach(tag -> actions.addAll(TagItem.delete(repositoryId, tag, digest)));
      actions.add(told(deletion, tags));
      switch (table.transact(actions)) {
        case Committed() -> all.addAll(tags);
        case Refused refused when refused.at(0) -> {
          return all;
        }
        case Refused refused -> dropStrayRows(repositoryId, digest, tags, refused, stillDeleting);
      }
    }
  }

  /** A row whose tag names another image would hold up the deletion for ever. */
  private void dropStrayRows(
      String repositoryId, Digest digest, List<Tag> tags, Refused refused, Action stillDeleting) {
    for (int i = 0; i < tags.size(); i++) {
      if (refused.at(1 + 2 * i)) {
        Key row = Keys.imageTag(repositoryId, digest, tags.get(i).value());
        table.transact(stillDeleting, Action.delete(row));
      }
    }
  }

  /** In one transaction, so that of several finishers one does it, and counts stay exact. */
  private void deleteRest(DeleteImage deletion, Image image) {
    String id = deletion.repositoryId();
    Digest digest = image.digest();
    Optional<Item> manifest = table.get(Keys.manifest(id, digest), Consistency.STRONG);
    ImageChanges changes = new ImageChanges(id);
    manifest.ifPresent(
        item ->
            manifests
                .children(image.mediaType(), item)
                .forEach(child -> changes.addParents(child, -1)));
    List<Action> actions = new ArrayList<>(changes.actions());
    actions.add(Action.delete(Keys.image(id, digest), ImageItem.isStillDeleting(image)));
    actions.add(
        Action.update(Keys.repository(deletion.account(), deletion.repositoryName().value()))
            .add(RepositoryItem.IMAGE_COUNT, -1)
            .when(Condition.equal(RepositoryItem.ID, id)));
    actions.add(Action.delete(Keys.manifest(id, digest)));
    actions.add(Action.delete(deletion.key()));
    image
        .subject()
        .ifPresent(subject -> actions.add(Action.delete(Keys.referrer(id, subject, digest))));
    // the count is of when the deletion began: an image that had tags is told of with them
    if (image.tagCount() == 0) {
      actions.add(told(deletion, List.of()));
    }
    Optional<String> object = manifest.flatMap(manifests::objectKey);
    if (object.isPresent() && !isStillDeleting(id, image)) {
      // the manifest may be that of an image that was pushed anew
      return;
    }
    // before the image, whose deletion is taken up again if it breaks off here
    object.ifPresent(objects::delete);
    FindingsObjects.of(image).ifPresent(objects::delete);
    table.transact(actions);
  }

  /** What tells that these tags of the image are gone, or the image without one. */
  Action told(DeleteImage deletion, List<Tag> tags) {
    return new OutboxRecord(
            deletion.account(),
            deletion.repositoryName(),
            new Deleted(deletion.digest(), tags),
            clock.instant())
        .toldOf(deletion.repositoryId());
  }

  private boolean isStillDeleting(String repositoryId, Image image) {
    return deleting(repositoryId, image.digest())
        .filter(now -> now.deletion().equals(image.deletion()))
        .isPresent();
  }

  static DeleteImage work(Repository repository, Digest digest) {
    return new DeleteImage(repository.account(), repository.name(), repository.id(), digest);
  }

  private Found find(String account, RepositoryName name, Digest digest) {
    return repositories.read(
        account, name, Consistency.STRONG, at -> List.of(Keys.image(at.id(), digest)));
  }

  private static Optional<Image> active(Found found, Digest digest) {
    Map<Key, Item> items = found.items();
    return Optional.ofNullable(items.get(Keys.image(found.repository().id(), digest)))
        .map(ImageItem::read)
        .filter(Image::isActive);
  }

  /** An index that names an image, found by reading them: only for the words of a refusal. */
  private List<Digest> parents(Repository repository, Digest child) {
    ImageScan scan = new ImageScan(table, repository.id(), Optional.empty(), ImageScan.MANY_ROWS);
    while (scan.hasNext()) {
      Image image = scan.next().image();
      if (namesChild(repository.id(), image, child)) {
        return List.of(image.digest());
      }
    }
    return List.of();
  }

  private boolean namesChild(String repositoryId, Image image, Digest child) {
    return MediaTypes.INDEXES.contains(image.mediaType())
        && table
            .get(Keys.manifest(repositoryId, image.digest()), Consistency.STRONG)
            .filter(item -> manifests.children(image.mediaType(), item).contains(child))
            .isPresent();
  }

  private static ImageNotFound notFound(String account, RepositoryName name, Digest digest) {
    return new ImageNotFound(account, name, Optional.of(digest.toString()), Optional.empty());
  }
}

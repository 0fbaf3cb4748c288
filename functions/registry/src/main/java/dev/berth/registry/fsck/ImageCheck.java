package dev.berth.registry.fsck;

import dev.berth.core.oci.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.image.LayerReferences;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryItem;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A repository's images, tags and the layers that they name. */
final class ImageCheck {

  private static final String TAG_COUNT = "tagCount";
  private static final String TAG_DIGEST = "digest";
  private static final int REFERENCES_AT_ONCE = 1000;

  private final Table table;
  private final LayerReferences references;
  private final Faults faults;
  private final FindingsCheck findings;

  ImageCheck(Table table, Objects objects, Faults faults) {
    this.table = table;
    this.references = new LayerReferences(table, objects);
    this.faults = faults;
    this.findings = new FindingsCheck(objects, faults);
  }

  void check(Repository repository) {
    counts(repository);
    findings(repository);
    tags(repository);
    layers(repository);
  }

  /** An image's rows come behind it, so counting takes no memory. */
  private void counts(Repository repository) {
    var counting = new Counting(repository);
    Walk.partition(table, Keys.images(repository.id()), page -> page.forEach(counting::row));
    counting.endOfImage();
    if (counting.images != repository.imageCount()) {
      faults.tell(
          "%s: the repository counts %d images and has %d"
              .formatted(repository.name(), repository.imageCount(), counting.images),
          Action.update(Keys.repository(repository.account(), repository.name().value()))
              .set(RepositoryItem.IMAGE_COUNT, counting.images)
              .when(Condition.equal(RepositoryItem.ID, repository.id())));
    }
  }

  private final class Counting {
    private final Repository repository;
    private Optional<Item> image = Optional.empty();
    private long images;
    private long tags;

    Counting(Repository repository) {
      this.repository = repository;
    }

    void row(Item row) {
      if (Digest.parse(row.key().sort()).isPresent()) {
        endOfImage();
        image = Optional.of(row);
        images++;
        tags = 0;
      } else if (isOfImage(row)) {
        tags++;
      } else {
        faults.tell(
            "%s: a tag is listed with an absent image: %s"
                .formatted(repository.name(), row.key().sort()));
      }
    }

    private boolean isOfImage(Item row) {
      return image.filter(it -> row.key().sort().startsWith(it.key().sort() + "#")).isPresent();
    }

    /** Only images that are there: of one that is being deleted, some tags are gone. */
    void endOfImage() {
      image
          .filter(it -> it.text("state").equals("ACTIVE") && it.number(TAG_COUNT) != tags)
          .ifPresent(
              it ->
                  faults.tell(
                      "%s: image %s counts %d tags and has %d"
                          .formatted(
                              repository.name(), it.key().sort(), it.number(TAG_COUNT), tags),
                      Action.update(it.key()).set(TAG_COUNT, tags).when(Condition.present())));
    }
  }

  /** Facts of layers are not looked at: what a scan misses of them, it makes anew. */
  private void findings(Repository repository) {
    Walk.partition(
        table,
        Keys.images(repository.id()),
        page -> page.forEach(row -> findings.check(repository, row)));
  }

  private void tags(Repository repository) {
    Walk.partition(table, Keys.tags(repository.id()), page -> tags(repository, page));
  }

  private void tags(Repository repository, List<Item> tags) {
    Map<Item, Digest> digests =
        tags.stream()
            .collect(
                Collectors.toMap(
                    tag -> tag, tag -> Digest.parse(tag.text(TAG_DIGEST)).orElseThrow()));
    List<Key> keys = new ArrayList<>();
    digests.forEach(
        (tag, digest) -> {
          keys.add(Keys.image(repository.id(), digest));
          keys.add(Keys.imageTag(repository.id(), digest, tag.key().sort()));
        });
    Map<Key, Item> items = Walk.get(table, keys);
    digests.forEach(
        (tag, digest) -> {
          String name = tag.key().sort();
          if (!items.containsKey(Keys.image(repository.id(), digest))) {
            faults.tell(
                "%s: tag %s names an absent image: %s".formatted(repository.name(), name, digest));
          } else if (!items.containsKey(Keys.imageTag(repository.id(), digest, name))) {
            faults.tell(
                "%s: tag %s is not listed with its image".formatted(repository.name(), name));
          }
        });
  }

  private record Reference(Digest image, Digest layer) {}

  private void layers(Repository repository) {
    List<Reference> some = new ArrayList<>();
    try {
      references.forEach(
          repository.id(),
          (image, layer) -> {
            some.add(new Reference(image, layer));
            if (some.size() == REFERENCES_AT_ONCE) {
              missing(repository, some);
              some.clear();
            }
          });
    } catch (StoreException | RegistryException e) {
      faults.tell(
          "%s: its manifests cannot all be read: %s".formatted(repository.name(), e.getMessage()));
    }
    missing(repository, some);
  }

  private void missing(Repository repository, List<Reference> some) {
    Map<Key, Item> links =
        Walk.get(table, some.stream().map(it -> Keys.layer(repository.id(), it.layer())).toList());
    some.stream()
        .filter(it -> !links.containsKey(Keys.layer(repository.id(), it.layer())))
        .forEach(
            it ->
                faults.tell(
                    "%s: image %s lacks layer %s"
                        .formatted(repository.name(), it.image(), it.layer())));
  }
}

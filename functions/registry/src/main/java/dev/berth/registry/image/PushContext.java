package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ImageManifest;
import dev.berth.core.oci.IndexManifest;
import dev.berth.core.oci.Manifest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Schema1Manifest;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.LayersNotFound;
import dev.berth.registry.RegistryException.ReferencedImagesNotFound;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.WriteWindow;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.RepositoryReader.Found;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a push finds in the repository, read in one call for up to 97 layers.
 *
 * @param prior what is there of the image itself
 * @param tagCount how many tags name it already
 * @param tagged the image that the tag names now
 * @param children the images that an index names, all of them active
 * @param layerBytes of the blobs that the manifest names, each once
 * @param window within which what was found may be relied on
 */
record PushContext(
    Repository repository,
    Prior prior,
    long tagCount,
    Optional<Digest> tagged,
    List<Image> children,
    long layerBytes,
    WriteWindow window) {

  /** What a push finds of its own image. */
  enum Prior {
    ABSENT,
    ACTIVE,
    DELETING
  }

  /**
   * In bytes. An index is as large as its largest child; a manifest of schema 1 does not tell its
   * layers' sizes, but the repository knows them.
   */
  long imageSize(Manifest manifest) {
    return switch (manifest) {
      case ImageManifest image -> image.imageSize();
      case IndexManifest index -> children.stream().mapToLong(Image::size).max().orElse(0);
      case Schema1Manifest any -> layerBytes;
    };
  }

  /** Reads contexts, and refuses a manifest that names what is not there. */
  static final class Reader {

    private final Table table;
    private final RepositoryReader repositories;
    private final Clock clock;

    Reader(Table table, RepositoryReader repositories, Clock clock) {
      this.table = table;
      this.repositories = repositories;
      this.clock = clock;
    }

    PushContext read(
        String account, RepositoryName name, Digest digest, Manifest manifest, Optional<Tag> tag) {
      WriteWindow window = WriteWindow.open(clock);
      Found found =
          repositories.read(
              account,
              name,
              Consistency.STRONG,
              at -> firstCall(keys(at.id(), digest, manifest, tag)));
      String id = found.repository().id();
      Map<Key, Item> items = new HashMap<>(found.items());
      readRest(keys(id, digest, manifest, tag), items);
      requireLayers(account, name, id, manifest, items);
      List<Image> children = requireChildren(account, name, id, manifest, items);
      Optional<Image> image =
          Optional.ofNullable(items.get(Keys.image(id, digest))).map(ImageItem::read);
      return new PushContext(
          found.repository(),
          image.map(Reader::prior).orElse(Prior.ABSENT),
          image.map(Image::tagCount).orElse(0L),
          tag.flatMap(of -> Optional.ofNullable(items.get(Keys.tag(id, of.value()))))
              .map(TagItem::read),
          children,
          layerBytes(id, manifest, items),
          window);
    }

    private static List<Key> keys(String id, Digest digest, Manifest manifest, Optional<Tag> tag) {
      List<Key> keys = new ArrayList<>();
      keys.add(Keys.image(id, digest));
      tag.ifPresent(of -> keys.add(Keys.tag(id, of.value())));
      manifest.blobs().forEach(blob -> keys.add(Keys.layer(id, blob)));
      manifest.children().forEach(child -> keys.add(Keys.image(id, child)));
      return keys;
    }

    /** The repository itself takes one place of the first call. */
    private static List<Key> firstCall(List<Key> keys) {
      return keys.subList(0, Math.min(keys.size(), Table.MOST - 1));
    }

    private void readRest(List<Key> keys, Map<Key, Item> items) {
      for (int from = Table.MOST - 1; from < keys.size(); from += Table.MOST) {
        int to = Math.min(from + Table.MOST, keys.size());
        items.putAll(table.get(keys.subList(from, to), Consistency.STRONG));
      }
    }

    private void requireLayers(
        String account, RepositoryName name, String id, Manifest manifest, Map<Key, Item> items) {
      Collection<Digest> missing =
          manifest.blobs().stream().filter(blob -> !isThere(id, blob, items)).toList();
      if (!missing.isEmpty()) {
        throw new LayersNotFound(account, name, missing);
      }
    }

    /** A link that collection is about to remove is taken back before it is relied on. */
    private boolean isThere(String id, Digest blob, Map<Key, Item> items) {
      Key key = Keys.layer(id, blob);
      Item item = items.get(key);
      return item != null
          && (LayerLink.of(item).doomed().isEmpty()
              || table.transact(LayerLink.revive(key, clock.instant())).committed());
    }

    private static long layerBytes(String id, Manifest manifest, Map<Key, Item> items) {
      return manifest.blobs().stream()
          .map(blob -> items.get(Keys.layer(id, blob)))
          .mapToLong(item -> LayerLink.of(item).size())
          .sum();
    }

    private static List<Image> requireChildren(
        String account, RepositoryName name, String id, Manifest manifest, Map<Key, Item> items) {
      List<Image> children = new ArrayList<>();
      List<Digest> missing = new ArrayList<>();
      for (Digest child : manifest.children()) {
        Optional.ofNullable(items.get(Keys.image(id, child)))
            .map(ImageItem::read)
            .filter(Image::isActive)
            .ifPresentOrElse(children::add, () -> missing.add(child));
      }
      if (!missing.isEmpty()) {
        throw new ReferencedImagesNotFound(account, name, missing);
      }
      return children;
    }

    private static Prior prior(Image image) {
      return image.isActive() ? Prior.ACTIVE : Prior.DELETING;
    }
  }
}

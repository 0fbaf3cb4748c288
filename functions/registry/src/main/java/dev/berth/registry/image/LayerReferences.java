package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.MediaTypes;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Which layers a repository's images name: configs, and layers of any kind. */
public final class LayerReferences {

  /** Few, since their manifests are in memory at once. */
  private static final int MANIFESTS_PER_CALL = 25;

  private final Table table;
  private final Manifests manifests;

  public LayerReferences(Table table, Objects objects) {
    this.table = table;
    this.manifests = new Manifests(objects);
  }

  /**
   * Goes through all images of a repository, as they are now, with a few in memory at once. An
   * image that is being deleted names nothing any more.
   *
   * @param reference called with the image and each digest that its manifest names, again for each
   *     that names it
   * @throws StoreException if the manifest of an image cannot be read, so that not all is known
   * @throws dev.berth.registry.RegistryException.KmsFailed likewise, as the key cannot be used
   */
  public void forEach(String repositoryId, BiConsumer<Digest, Digest> reference) {
    var scan = new ImageScan(table, repositoryId, Optional.empty(), ImageScan.MANY_ROWS);
    List<Image> some = new ArrayList<>();
    while (scan.hasNext()) {
      Image image = scan.next().image();
      // what the children of an index name, they say themselves
      if (!MediaTypes.INDEXES.contains(image.mediaType())) {
        some.add(image);
      }
      if (some.size() == MANIFESTS_PER_CALL) {
        read(repositoryId, some, reference);
        some.clear();
      }
    }
    read(repositoryId, some, reference);
  }

  private void read(String repositoryId, List<Image> images, BiConsumer<Digest, Digest> reference) {
    List<Key> keys =
        images.stream().map(image -> Keys.manifest(repositoryId, image.digest())).toList();
    Map<Key, Item> items = keys.isEmpty() ? Map.of() : table.get(keys, Consistency.STRONG);
    for (Image image : images) {
      Optional.ofNullable(items.get(Keys.manifest(repositoryId, image.digest())))
          .flatMap(manifests::read)
          .ifPresentOrElse(
              bytes ->
                  ManifestReader.read(bytes, Optional.of(image.mediaType()))
                      .blobs()
                      .forEach(blob -> reference.accept(image.digest(), blob)),
              () -> requireGone(repositoryId, image));
    }
  }

  /** Whether it was pushed anew meanwhile does not matter: the push has looked at its layers. */
  private void requireGone(String repositoryId, Image image) {
    table
        .get(Keys.image(repositoryId, image.digest()), Consistency.STRONG)
        .map(ImageItem::read)
        .filter(now -> now.isActive() && now.pushedAt().equals(image.pushedAt()))
        .ifPresent(
            there -> {
              throw new StoreException("the manifest of image " + there.digest() + " is missing");
            });
  }
}

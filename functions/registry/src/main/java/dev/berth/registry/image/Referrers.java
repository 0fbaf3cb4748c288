package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Manifest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The manifests that refer to another one as their subject. */
public final class Referrers {

  private static final String ARTIFACT_TYPE = "artifactType";

  /** Few, since their items are in memory at once. */
  private static final int MANIFESTS_PER_CALL = 10;

  private final Table table;
  private final RepositoryReader repositories;
  private final Manifests manifests;

  public Referrers(Table table, Objects objects, RepositoryReader repositories) {
    this.table = table;
    this.repositories = repositories;
    this.manifests = new Manifests(objects);
  }

  /**
   * A manifest that refers to another.
   *
   * @param size of the manifest in bytes
   */
  public record Referrer(
      Digest digest,
      String mediaType,
      long size,
      Optional<String> artifactType,
      Map<String, String> annotations) {}

  /**
   * The referrers of a subject, which need not exist, by digest.
   *
   * @param artifactType only those of this type
   * @param after the digest that the page begins behind
   * @param limit 1 to {@link Table#MOST}; a page holds fewer where their manifests together would
   *     have more bytes than one may have, and with an artifact type, and may yet have a next one
   */
  public Page<Referrer> list(
      String account,
      RepositoryName name,
      Digest subject,
      Optional<String> artifactType,
      Optional<String> after,
      int limit) {
    String id = repositories.require(account, name).id();
    Page<Item> rows =
        table.query(Keys.referrers(id, subject), "", after, limit, Consistency.STRONG);
    List<Digest> wanted =
        rows.entries().stream()
            .filter(
                row ->
                    artifactType.isEmpty() || row.optionalText(ARTIFACT_TYPE).equals(artifactType))
            .map(row -> ImageItem.digest(row.key().sort()))
            .toList();
    List<Referrer> page = new ArrayList<>();
    long bytes = 0;
    for (int from = 0; from < wanted.size(); from += MANIFESTS_PER_CALL) {
      List<Digest> some = wanted.subList(from, Math.min(from + MANIFESTS_PER_CALL, wanted.size()));
      Map<Key, Item> items = table.get(keys(id, some), Consistency.STRONG);
      for (Digest digest : some) {
        Optional<Referrer> referrer = referrer(id, digest, items);
        bytes += referrer.map(Referrer::size).orElse(0L);
        if (bytes > ManifestReader.MAX_BYTES && !page.isEmpty()) {
          return new Page<>(page, Optional.of(page.getLast().digest().toString()));
        }
        referrer.ifPresent(page::add);
      }
    }
    return new Page<>(page, rows.next());
  }

  private static List<Key> keys(String id, List<Digest> digests) {
    return digests.stream()
        .flatMap(digest -> Stream.of(Keys.image(id, digest), Keys.manifest(id, digest)))
        .toList();
  }

  /** Empty for an image that is gone by now, or being deleted. */
  private Optional<Referrer> referrer(String id, Digest digest, Map<Key, Item> items) {
    return Optional.ofNullable(items.get(Keys.image(id, digest)))
        .map(ImageItem::read)
        .filter(Image::isActive)
        .flatMap(
            image ->
                Optional.ofNullable(items.get(Keys.manifest(id, digest)))
                    .flatMap(manifests::read)
                    .map(bytes -> referrer(image, bytes)));
  }

  private static Referrer referrer(Image image, byte[] bytes) {
    Manifest manifest = ManifestReader.read(bytes, Optional.of(image.mediaType()));
    return new Referrer(
        image.digest(),
        image.mediaType(),
        bytes.length,
        image.artifactType(),
        manifest.annotations());
  }

  /** What makes a manifest be found by its subject. */
  static Item row(String repositoryId, Digest subject, Digest referrer, Manifest manifest) {
    return Item.at(Keys.referrer(repositoryId, subject, referrer))
        .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
        .text(ARTIFACT_TYPE, manifest.artifactType())
        .build();
  }
}

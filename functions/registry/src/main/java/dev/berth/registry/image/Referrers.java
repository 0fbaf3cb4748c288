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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The manifests that refer to another one as their subject. */
public final class Referrers {

  private static final String ARTIFACT_TYPE = "artifactType";

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
   * @param limit 1 to {@link Table#MOST}; with an artifact type a page may hold fewer and yet have
   *     a next one
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
    List<Key> wanted =
        rows.entries().stream()
            .filter(
                row ->
                    artifactType.isEmpty() || row.optionalText(ARTIFACT_TYPE).equals(artifactType))
            .map(row -> Keys.manifest(id, ImageItem.digest(row.key().sort())))
            .toList();
    return new Page<>(read(id, wanted, rows.entries()), rows.next());
  }

  private List<Referrer> read(String id, List<Key> wanted, List<Item> rows) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    Map<Key, Item> found = table.get(wanted, Consistency.STRONG);
    return rows.stream()
        .map(row -> ImageItem.digest(row.key().sort()))
        .filter(digest -> found.containsKey(Keys.manifest(id, digest)))
        .map(digest -> referrer(digest, manifests.read(found.get(Keys.manifest(id, digest)))))
        .toList();
  }

  private static Referrer referrer(Digest digest, byte[] bytes) {
    Manifest manifest = ManifestReader.read(bytes, Optional.empty());
    return new Referrer(
        digest,
        manifest.mediaType(),
        bytes.length,
        manifest.artifactType(),
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

package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.outbox.OutboxRecord;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.RepositoryReader.Found;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Action.UpdateBuilder;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where scans are noted: on their images, and among those that have not ended. */
public final class ScanRecords {

  /** The guide's quota for an image: an event takes no more than 256 KB. */
  private static final int MOST_TAGS_TOLD = 1000;

  private final Table table;
  private final RepositoryReader repositories;

  public ScanRecords(Table table, RepositoryReader repositories) {
    this.table = table;
    this.repositories = repositories;
  }

  /** An image with its last scan, in the repository that it was found in. */
  public record Scanned(Repository repository, Image image) {}

  /**
   * @throws dev.berth.registry.RegistryException.RepositoryNotFound if there is no such repository
   * @throws ImageNotFound if it has no such image
   */
  public Scanned find(String account, RepositoryName name, Digest digest) {
    Found found =
        repositories.read(
            account, name, Consistency.STRONG, at -> List.of(Keys.image(at.id(), digest)));
    Repository repository = found.repository();
    Key key = Keys.image(repository.id(), digest);
    return Optional.ofNullable(found.items().get(key))
        .map(ImageItem::read)
        .filter(Image::isActive)
        .map(image -> new Scanned(repository, image))
        .orElseThrow(
            () ->
                new ImageNotFound(account, name, Optional.of(digest.toString()), Optional.empty()));
  }

  /**
   * Notes a scan that was asked for.
   *
   * @return false if the image is gone, or another scan of it was asked for meanwhile
   */
  public boolean begin(Scanned scanned, Scan scan) {
    return table
        .transact(update(scanned, scan), OpenScans.put(scanned.repository(), digest(scanned), scan))
        .committed();
  }

  /**
   * Notes that a scan has ended, and tells of it.
   *
   * @param scanned with the scan while it was in progress
   * @return false if the image is gone, or somebody else has ended the scan or begun another one
   */
  public boolean end(Scanned scanned, Scan ended, Instant at) {
    Repository repository = scanned.repository();
    Digest digest = digest(scanned);
    var told =
        new OutboxRecord(
            repository.account(), repository.name(), ended.told(digest, tags(scanned)), at);
    return table
        .transact(
            update(scanned, ended),
            OpenScans.delete(repository.id(), digest, ended),
            told.toldOf(repository.id()))
        .committed();
  }

  /** Refused unless the scan is as it was read. */
  private static Action update(Scanned scanned, Scan scan) {
    UpdateBuilder update = Action.update(Keys.image(scanned.repository().id(), digest(scanned)));
    ScanAttributes.write(scan, update);
    return update.when(
        Condition.all(ImageItem.isActive(), ScanAttributes.isAsRead(scanned.image().scan())));
  }

  private static Digest digest(Scanned scanned) {
    return scanned.image().digest();
  }

  private List<Tag> tags(Scanned scanned) {
    return TagItem.some(table, scanned.repository().id(), digest(scanned), MOST_TAGS_TOLD);
  }
}

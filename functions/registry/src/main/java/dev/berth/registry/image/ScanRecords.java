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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where scans are noted: on their images. */
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
   * Notes a scan that was asked for, and tells of its end if it has ended.
   *
   * @return false if the image is gone, or another scan of it was asked for meanwhile
   */
  public boolean begin(Scanned scanned, Scan scan) {
    Image image = scanned.image();
    UpdateBuilder update = Action.update(Keys.image(scanned.repository().id(), image.digest()));
    ScanAttributes.write(scan, update);
    Condition asRead = Condition.all(ImageItem.isActive(), ScanAttributes.isAsRead(image.scan()));
    List<Action> actions = new ArrayList<>(List.of(update.when(asRead)));
    told(scanned, scan).ifPresent(actions::add);
    return table.transact(actions).committed();
  }

  private Optional<Action> told(Scanned scanned, Scan scan) {
    Repository repository = scanned.repository();
    Digest digest = scanned.image().digest();
    List<Tag> tags =
        scanned.image().tagCount() == 0
            ? List.of()
            : TagItem.some(table, repository.id(), digest, MOST_TAGS_TOLD);
    return scan.told(digest, tags)
        .map(
            change ->
                new OutboxRecord(
                        repository.account(), repository.name(), change, scan.requestedAt())
                    .toldOf(repository.id()));
  }
}

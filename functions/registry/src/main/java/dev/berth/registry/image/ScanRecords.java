package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.RepositoryReader.Found;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Action.UpdateBuilder;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.List;
import java.util.Optional;

/** Where scans are noted: on their images. */
public final class ScanRecords {

  private final Table table;
  private final RepositoryReader repositories;

  public ScanRecords(Table table, RepositoryReader repositories) {
    this.table = table;
    this.repositories = repositories;
  }

  /** An image with its last scan, in the repository that it was found in. */
  public record Scanned(String repositoryId, Image image) {}

  /**
   * @throws dev.berth.registry.RegistryException.RepositoryNotFound if there is no such repository
   * @throws ImageNotFound if it has no such image
   */
  public Scanned find(String account, RepositoryName name, Digest digest) {
    Found found =
        repositories.read(
            account, name, Consistency.STRONG, at -> List.of(Keys.image(at.id(), digest)));
    String id = found.repository().id();
    Key key = Keys.image(id, digest);
    return Optional.ofNullable(found.items().get(key))
        .map(ImageItem::read)
        .filter(Image::isActive)
        .map(image -> new Scanned(id, image))
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
    Image image = scanned.image();
    UpdateBuilder update = Action.update(Keys.image(scanned.repositoryId(), image.digest()));
    ScanAttributes.write(scan, update);
    Condition asRead = Condition.all(ImageItem.isActive(), ScanAttributes.isAsRead(image.scan()));
    return table.transact(update.when(asRead)).committed();
  }
}

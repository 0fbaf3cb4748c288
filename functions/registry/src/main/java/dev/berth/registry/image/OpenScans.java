package dev.berth.registry.image;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The scans that have not ended, for those who look whether anybody works on them. */
public final class OpenScans {

  private static final int ROWS_PER_CALL = 100;
  private static final String FORMAT = Keys.FORMAT_ATTRIBUTE;
  private static final String ACCOUNT = "account";
  private static final String REPOSITORY = "repository";
  private static final String REPOSITORY_ID = "repositoryId";
  private static final String DIGEST = "digest";

  private final Table table;
  private final Clock clock;

  public OpenScans(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** One on which nobody seems to work. */
  public record Overdue(
      String account, RepositoryName repository, String repositoryId, Image image, Scan scan) {

    /** Whether it was taken up often enough. */
    public boolean isHopeless() {
      return scan.followUps() >= Scan.MOST_FOLLOW_UPS;
    }
  }

  static Action put(Repository repository, Digest digest, Scan scan) {
    return put(repository.account(), repository.name(), repository.id(), digest, scan);
  }

  private static Action put(
      String account, RepositoryName name, String repositoryId, Digest digest, Scan scan) {
    return Action.put(
        Item.at(Keys.openScan(scan.dueAt(), repositoryId, digest))
            .number(FORMAT, Keys.FORMAT)
            .text(ACCOUNT, account)
            .text(REPOSITORY, name.value())
            .text(REPOSITORY_ID, repositoryId)
            .text(DIGEST, digest.toString())
            .build());
  }

  static Action delete(String repositoryId, Digest digest, Scan scan) {
    return Action.delete(Keys.openScan(scan.dueAt(), repositoryId, digest));
  }

  /**
   * Some of those on which nobody has worked for a while, if there are any. Rows of scans that are
   * over, or whose image is gone, are dropped.
   */
  public List<Overdue> overdue() {
    List<Overdue> overdue = new ArrayList<>();
    List<Item> rows = dueRows();
    while (overdue.isEmpty() && !rows.isEmpty()) {
      rows.forEach(row -> open(row).ifPresentOrElse(overdue::add, () -> drop(row)));
      rows = dueRows();
    }
    return overdue;
  }

  private List<Item> dueRows() {
    String bound = Keys.scanDue(clock.instant());
    return table
        .query(Keys.openScans(), "", Optional.empty(), ROWS_PER_CALL, Consistency.STRONG)
        .entries()
        .stream()
        .filter(row -> row.key().sort().compareTo(bound) < 0)
        .toList();
  }

  private Optional<Overdue> open(Item row) {
    String repositoryId = row.text(REPOSITORY_ID);
    Digest digest = ImageItem.digest(row.text(DIGEST));
    return table
        .get(Keys.image(repositoryId, digest), Consistency.STRONG)
        .map(ImageItem::read)
        .filter(Image::isActive)
        .flatMap(image -> image.scan().map(scan -> overdue(row, image, scan)))
        .filter(it -> it.scan().isInProgress())
        .filter(it -> Keys.openScan(it.scan().dueAt(), repositoryId, digest).equals(row.key()));
  }

  private static Overdue overdue(Item row, Image image, Scan scan) {
    return new Overdue(
        row.text(ACCOUNT),
        new RepositoryName(row.text(REPOSITORY)),
        row.text(REPOSITORY_ID),
        image,
        scan);
  }

  private void drop(Item row) {
    table.transact(Action.delete(row.key()));
  }

  /** Forgets one whose repository is gone. */
  public void drop(Overdue overdue) {
    table.transact(delete(overdue.repositoryId(), overdue.image().digest(), overdue.scan()));
  }

  /**
   * Notes that somebody is asked to take it up, so that it is due later.
   *
   * @return false if somebody works on it by now
   */
  public boolean takeUp(Overdue overdue) {
    Digest digest = overdue.image().digest();
    Scan later = overdue.scan().followedUp(clock.instant());
    var update = Action.update(Keys.image(overdue.repositoryId(), digest));
    ScanAttributes.write(later, update);
    Condition asRead =
        Condition.all(ImageItem.isActive(), ScanAttributes.isAsRead(Optional.of(overdue.scan())));
    return table
        .transact(
            update.when(asRead),
            delete(overdue.repositoryId(), digest, overdue.scan()),
            put(overdue.account(), overdue.repository(), overdue.repositoryId(), digest, later))
        .committed();
  }
}

package dev.berth.registry.gc;

import dev.berth.registry.image.FindingsObjects;
import dev.berth.registry.image.LayerReferences;
import dev.berth.registry.image.ManifestObjects;
import dev.berth.registry.layer.Unlinking;
import dev.berth.registry.scan.facts.FactsObjects;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.upload.UploadRemains;
import java.time.Clock;

/**
 * Collects the garbage of one deployment. It may be stopped anywhere, and run by several at once.
 */
public final class GarbageCollection {

  private final LinkCollection links;
  private final BlobCollection blobs;
  private final ObjectCollection objects;
  private final UploadRemains uploads;

  public GarbageCollection(Table table, Objects objects, GcPeriods periods, Clock clock) {
    this.uploads = new UploadRemains(table, clock);
    this.links =
        new LinkCollection(
            table,
            new LayerReferences(table, objects),
            new Unlinking(table, clock),
            periods,
            clock);
    this.blobs = new BlobCollection(table, objects, periods, clock);
    this.objects =
        new ObjectCollection(
            objects,
            uploads,
            new ManifestObjects(table, objects),
            new Generations(table, objects, clock),
            new FactsObjects(table),
            new FindingsObjects(table),
            periods,
            clock);
  }

  /**
   * Removes what can be removed now, and announces what can be removed later.
   *
   * @throws dev.berth.registry.store.StoreException if a store fails; what was removed until then
   *     is removed, and the next run goes on
   */
  public Collected run() {
    Collected collected = links.run().plus(blobs.run()).plus(objects.run(true));
    uploads.removeRecords();
    return collected;
  }

  /**
   * What runs would remove by and by if nobody wrote meanwhile, without a change: other than {@link
   * #run}, it does not mind whether the removal of links was announced, nor for how long blobs have
   * been without one.
   */
  public Collected dryRun() {
    return links.dryRun().plus(blobs.dryRun()).plus(objects.run(false));
  }
}

package dev.berth.registry.scan;

import dev.berth.registry.image.ImageReader;
import dev.berth.registry.image.OpenScans;
import dev.berth.registry.image.ScanRecords;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.scan.facts.ImageLayers;
import dev.berth.registry.scan.generation.CurrentIndexes;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.layer.LayerLimits;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import java.time.Clock;

/**
 * What is done about scans of images.
 *
 * @param starts what clients ask for
 * @param open those that nobody works on
 */
public record ImageScans(Scans starts, Scanning scanning, OpenScans open, ScanRecords records) {

  public static ImageScans over(
      Table table,
      RepositoryReader repositories,
      Objects objects,
      ImageReader images,
      LayerLimits limits,
      Clock clock) {
    var records = new ScanRecords(table, repositories);
    var layers = new ImageLayers(table, objects, limits, clock);
    var indexes = new CurrentIndexes(new Generations(table, objects, clock), clock);
    return new ImageScans(
        new Scans(records, objects, clock),
        new Scanning(records, images, objects, layers, indexes, clock),
        new OpenScans(table, clock),
        records);
  }
}

package dev.berth.registry.scan;

import dev.berth.core.oci.ImageManifest;
import dev.berth.core.oci.IndexManifest;
import dev.berth.core.oci.Manifest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.Reference;
import dev.berth.core.scan.SeverityCounts;
import dev.berth.core.scan.catalog.UnsupportedImageException;
import dev.berth.core.scan.match.TooManyFindingsException;
import dev.berth.registry.RegistryException.ImageNotFound;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.image.ImageReader;
import dev.berth.registry.image.Scan;
import dev.berth.registry.image.ScanRecords;
import dev.berth.registry.image.ScanRecords.Scanned;
import dev.berth.registry.image.ScanResult;
import dev.berth.registry.image.StoredManifest;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.scan.facts.ImageLayers;
import dev.berth.registry.scan.facts.TooManyPackagesException;
import dev.berth.registry.scan.facts.UnreadableLayerException;
import dev.berth.registry.scan.generation.CurrentIndexes;
import dev.berth.registry.scan.generation.DamagedGenerationException;
import dev.berth.registry.scan.generation.Indexes;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.StoreException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Does the scans that are in progress. It may be stopped anywhere, and several may do the same one:
 * whoever comes first ends it.
 */
public final class Scanning {

  private static final System.Logger LOG = System.getLogger(Scanning.class.getName());

  private final ScanRecords records;
  private final ImageReader images;
  private final CurrentIndexes indexes;
  private final KeptFindings findings;
  private final ImageScanner scanner;
  private final IndexScanner indexScanner;
  private final Clock clock;

  public Scanning(
      ScanRecords records,
      ImageReader images,
      Objects objects,
      ImageLayers layers,
      CurrentIndexes indexes,
      Clock clock) {
    this.records = records;
    this.images = images;
    this.indexes = indexes;
    this.findings = new KeptFindings(objects);
    this.scanner = new ImageScanner(layers, clock);
    this.indexScanner = new IndexScanner(records, findings, this, clock);
    this.clock = clock;
  }

  /**
   * Does the scan of an image. Nothing happens where none is in progress, or the image is gone.
   *
   * @return false if that took so long that it has to be called again, which goes on with it
   * @throws StoreException if a store cannot answer: then it is to be called again, too
   */
  public boolean run(ScanTarget target) {
    try {
      Scanned scanned = records.find(target.account(), target.repository(), target.digest());
      return scanned.image().scan().filter(Scan::isInProgress).isEmpty() || run(target, scanned);
    } catch (ImageNotFound | RepositoryNotFound e) {
      LOG.log(System.Logger.Level.DEBUG, "deleted before it was scanned: {0}", target);
      return true;
    }
  }

  private boolean run(ScanTarget target, Scanned scanned) {
    try {
      Optional<ScanReport> report = report(target, scanned);
      report.ifPresent(it -> complete(scanned, it));
      return report.isPresent();
    } catch (ImageNotFound | RepositoryNotFound | StoreException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      fail(scanned, failure(target, e));
      return true;
    }
  }

  private Optional<ScanReport> report(ScanTarget target, Scanned scanned) {
    Indexes current =
        indexes
            .current()
            .orElseThrow(
                () ->
                    ScanFailure.ofDeployment(
                        "There is no vulnerability data yet. Run ./berth feeds update, and start"
                            + " the scan again."));
    return switch (manifest(target)) {
      case ImageManifest image -> Optional.of(scanner.scan(scanned.repository(), image, current));
      case IndexManifest index -> indexScanner.scan(target, index);
      case Manifest other ->
          throw ScanFailure.ofImage("A %s cannot be scanned.".formatted(other.mediaType()));
    };
  }

  private Manifest manifest(ScanTarget target) {
    StoredManifest stored =
        images.look(target.account(), target.repository(), new Reference.ByDigest(target.digest()));
    return ManifestReader.read(stored.bytes(), Optional.of(stored.mediaType()));
  }

  private void complete(Scanned scanned, ScanReport report) {
    Repository repository = scanned.repository();
    Scan scan = scanned.image().scan().orElseThrow();
    String key = findings.write(repository, scanned.image().digest(), report.findings());
    Instant now = now();
    var result =
        new ScanResult(
            now,
            report.sourceUpdatedAt(),
            SeverityCounts.of(report.findings().stream().map(ScanFinding::severity)),
            key);
    boolean ended = records.end(scanned, scan.completed(report.description(), result), now);
    // crashes leave the object to collection
    (ended ? scan.result().map(ScanResult::objectKey) : Optional.of(key))
        .ifPresent(findings::delete);
  }

  private void fail(Scanned scanned, ScanFailure failure) {
    Scan scan = scanned.image().scan().orElseThrow();
    String reason = ScanReport.bounded(failure.getMessage());
    records.end(scanned, scan.failed(reason, failure.isCounted()), now());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static ScanFailure failure(ScanTarget target, RuntimeException e) {
    return switch (e) {
      case ScanFailure failure -> failure;
      case UnsupportedImageException unsupported -> ScanFailure.ofImage(unsupported.getMessage());
      case UnreadableLayerException unreadable -> ofImage(unreadable);
      case TooManyPackagesException tooMany -> ofImage(tooMany);
      case TooManyFindingsException tooMany -> ofImage(tooMany);
      case KmsFailed kms -> ScanFailure.ofDeployment("KmsException: " + kms.getMessage());
      case DamagedGenerationException damaged -> {
        LOG.log(System.Logger.Level.ERROR, "vulnerability data is damaged", damaged);
        yield ScanFailure.ofDeployment(
            "The vulnerability data is damaged. Run ./berth feeds update, and start the scan"
                + " again.");
      }
      default -> {
        LOG.log(System.Logger.Level.ERROR, "cannot scan " + target, e);
        yield ScanFailure.ofDeployment(
            "The image could not be scanned for a fault of Berth's own.");
      }
    };
  }

  private static ScanFailure ofImage(RuntimeException e) {
    return ScanFailure.ofImage("The image cannot be scanned: %s.".formatted(e.getMessage()));
  }
}

package dev.berth.registry.scan;

import dev.berth.core.oci.Descriptor;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ImageManifest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.catalog.Distributions;
import dev.berth.core.scan.catalog.SupportedRelease;
import dev.berth.core.scan.catalog.UnsupportedImageException;
import dev.berth.core.scan.index.ReleaseIndex;
import dev.berth.core.scan.match.ImageMatcher;
import dev.berth.core.text.Excerpt;
import dev.berth.registry.repository.Repository;
import dev.berth.registry.scan.facts.ImageLayers;
import dev.berth.registry.scan.generation.Indexes;
import dev.berth.registry.scan.layer.ImageFacts;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what is vulnerable in one image. */
final class ImageScanner {

  /** Distributions of all packages have some 60,000, images some thousand. */
  static final int MOST_PACKAGES = 50_000;

  private static final Set<String> LAYERS =
      Set.of(
          MediaTypes.OCI_LAYER,
          MediaTypes.OCI_LAYER_GZIP,
          MediaTypes.OCI_LAYER_ZSTD,
          MediaTypes.DOCKER_LAYER,
          MediaTypes.DOCKER_LAYER_TAR);

  private final ImageLayers layers;
  private final Clock clock;

  ImageScanner(ImageLayers layers, Clock clock) {
    this.layers = layers;
    this.clock = clock;
  }

  /**
   * @throws UnsupportedImageException if it is of no system that can be scanned
   * @throws ScanFailure if it has too much, or nothing is known of its system
   * @throws RuntimeException otherwise as {@link ImageLayers#facts} and {@link Indexes}
   */
  ScanReport scan(Repository repository, ImageManifest manifest, Indexes indexes) {
    ImageFacts facts = layers.facts(repository, scanned(manifest));
    OperatingSystem system = facts.system().orElseThrow(UnsupportedImageException::withoutSystem);
    SupportedRelease release = Distributions.require(system, today());
    List<InstalledPackage> packages = packages(facts, release);
    ReleaseIndex index =
        indexes.release(release.index()).orElseThrow(() -> notImported(release.index()));
    var matcher = new ImageMatcher(release.distribution(), index, indexes.cves());
    return new ScanReport(
        matcher.match(packages).all().stream().map(ScanFinding::of).toList(),
        sourceUpdatedAt(release, indexes),
        skipped(manifest));
  }

  private static List<InstalledPackage> packages(ImageFacts facts, SupportedRelease release) {
    List<InstalledPackage> packages =
        facts.packages().getOrDefault(release.distribution().format(), List.of()).stream()
            .distinct()
            .toList();
    if (packages.isEmpty()) {
      // to find nothing where nothing can be seen would be taken for safety
      throw UnsupportedImageException.withoutSystem();
    }
    if (packages.size() > MOST_PACKAGES) {
      throw ScanFailure.ofImage("The image has more than %d packages.".formatted(MOST_PACKAGES));
    }
    return packages;
  }

  private static ScanFailure notImported(String index) {
    return ScanFailure.ofDeployment(
        "There is no vulnerability data of %s. Run ./berth feeds update, and start the scan again."
            .formatted(index));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static Optional<Instant> sourceUpdatedAt(SupportedRelease release, Indexes indexes) {
    return indexes
        .manifest()
        .file(release.index())
        .flatMap(indexes.manifest()::sourceUpdatedAt)
        .map(at -> at.truncatedTo(ChronoUnit.MILLIS));
  }

  private static List<Digest> scanned(ImageManifest manifest) {
    return manifest.layers().stream()
        .filter(ImageScanner::isScanned)
        .map(Descriptor::digest)
        .toList();
  }

  private static List<String> skipped(ImageManifest manifest) {
    return manifest.layers().stream()
        .filter(layer -> !isScanned(layer))
        .map(
            layer ->
                "Layer %s of type %s was not scanned."
                    .formatted(layer.digest(), Excerpt.of(layer.mediaType())))
        .distinct()
        .toList();
  }

  private static boolean isScanned(Descriptor layer) {
    return LAYERS.contains(layer.mediaType());
  }
}

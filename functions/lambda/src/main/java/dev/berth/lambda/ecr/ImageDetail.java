package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.Tag;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.Scan;
import dev.berth.registry.image.TaggedImage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * ECR's ImageDetail.
 *
 * @param imageTags absent where the image has none
 */
record ImageDetail(
    String registryId,
    String repositoryName,
    String imageDigest,
    Optional<List<String>> imageTags,
    long imageSizeInBytes,
    Instant imagePushedAt,
    String imageManifestMediaType,
    Optional<ScanStatusDocument> imageScanStatus,
    Optional<ScanSummaryDocument> imageScanFindingsSummary,
    Optional<String> artifactMediaType,
    Optional<Instant> lastRecordedPullTime,
    Optional<String> subjectManifestDigest) {

  static ImageDetail of(String account, String repositoryName, TaggedImage tagged) {
    Image image = tagged.image();
    return new ImageDetail(
        account,
        repositoryName,
        image.digest().toString(),
        Optional.of(tagged.tags().stream().map(Tag::value).toList())
            .filter(tags -> !tags.isEmpty()),
        image.size(),
        image.pushedAt(),
        image.mediaType(),
        image.scan().map(ScanStatusDocument::of),
        image.scan().flatMap(Scan::result).map(ScanSummaryDocument::of),
        image.artifactType(),
        image.lastPulledAt(),
        image.subject().map(Digest::toString));
  }
}

package dev.berth.registry.image;

import dev.berth.core.scan.SeverityCounts;
import java.time.Instant;
import java.util.Optional;

/**
 * What the last completed scan of an image found.
 *
 * @param completedAt in whole milliseconds
 * @param sourceUpdatedAt when the newest of the feeds that it was held against was updated by its
 *     source, in whole milliseconds
 * @param objectKey where the findings are
 */
public record ScanResult(
    Instant completedAt,
    Optional<Instant> sourceUpdatedAt,
    SeverityCounts counts,
    String objectKey) {}

package dev.berth.lambda.ecr;

import dev.berth.core.secret.Sealer;
import dev.berth.lambda.ecr.Operations.Entry;
import dev.berth.registry.scan.ScanRequests;
import dev.berth.registry.service.Services;
import java.util.List;

/** The table of the operations on scans, beside the others. */
public final class ScanOperations {

  private ScanOperations() {}

  /**
   * @param requests by which scans are asked for
   * @param pagePositions of {@code Purpose.PAGE_POSITION}
   */
  public static Operations of(Services services, ScanRequests requests, Sealer pagePositions) {
    var pages = new PageTokens(pagePositions);
    var resolver = new ImageResolver(services.listing());
    var scans = services.scans().starts();
    return new Operations(
        List.of(
            new Entry<>(
                StartImageScan.Request.class, new StartImageScan(resolver, scans, requests)),
            new Entry<>(
                DescribeImageScanFindings.Request.class,
                new DescribeImageScanFindings(resolver, scans, pages))));
  }
}

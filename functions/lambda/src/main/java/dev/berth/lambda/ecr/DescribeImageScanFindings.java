package dev.berth.lambda.ecr;

import dev.berth.lambda.ecr.ImageResolver.Resolved;
import dev.berth.registry.RegistryException.ScanNotFound;
import dev.berth.registry.image.Scan;
import dev.berth.registry.scan.Scans;
import java.util.Map;
import java.util.Optional;

/** What the last scan of an image found, page by page. */
final class DescribeImageScanFindings
    implements RepositoryOperation<
        DescribeImageScanFindings.Request, DescribeImageScanFindings.Response> {

  record Request(
      Optional<String> registryId,
      String repositoryName,
      ImageIdentifier imageId,
      Optional<String> nextToken,
      Optional<Integer> maxResults)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      Constraints.required("imageId", imageId);
      MaxResults.check(maxResults);
    }
  }

  record Response(
      String registryId,
      String repositoryName,
      ImageIdentifier imageId,
      ScanStatusDocument imageScanStatus,
      ImageScanFindings imageScanFindings,
      Optional<String> nextToken) {}

  /** No scan finds anything yet. */
  record ImageScanFindings(Map<String, Integer> findingSeverityCounts) {}

  private final ImageResolver resolver;
  private final Scans scans;
  private final PageTokens pageTokens;

  DescribeImageScanFindings(ImageResolver resolver, Scans scans, PageTokens pageTokens) {
    this.resolver = resolver;
    this.scans = scans;
    this.pageTokens = pageTokens;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    ImageIdentifier id = request.imageId();
    Resolved image = resolver.require(account, request.name(), id);
    String what =
        String.join(" ", name(), account, request.repositoryName(), image.digest().toString());
    // a scan without findings has given out no token, so whatever comes is refused
    pageTokens.open(what, request.nextToken());
    Scan scan =
        scans
            .find(account, request.name(), image.digest())
            .orElseThrow(
                () -> new ScanNotFound(account, request.name(), id.imageDigest(), id.imageTag()));
    return new Response(
        account,
        request.repositoryName(),
        ImageIdentifier.of(image.digest(), image.tag()),
        ScanStatusDocument.of(scan),
        new ImageScanFindings(Map.of()),
        Optional.empty());
  }
}

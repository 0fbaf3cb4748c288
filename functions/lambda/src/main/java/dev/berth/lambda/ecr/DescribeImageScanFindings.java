package dev.berth.lambda.ecr;

import dev.berth.lambda.ecr.ImageResolver.Resolved;
import dev.berth.registry.RegistryException.ScanNotFound;
import dev.berth.registry.image.Scan;
import dev.berth.registry.image.ScanResult;
import dev.berth.registry.scan.ScanFinding;
import dev.berth.registry.scan.Scans;
import dev.berth.registry.store.StoreException;
import java.util.List;
import java.util.Optional;

/** How the last scan of an image stands, and what the last completed one found, page by page. */
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
      ScanFindingsDocument imageScanFindings,
      Optional<String> nextToken) {}

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
    Resolved image = resolver.require(account, request.name(), request.imageId());
    Scan scan = find(account, request, image);
    while (true) {
      String what = listing(account, request, image, scan);
      Optional<String> position = pageTokens.open(what, request.nextToken());
      int offset = position.map(Integer::parseInt).orElse(0);
      int limit = MaxResults.orDefault(request.maxResults());
      Optional<List<ScanFinding>> page =
          scan.result()
              .map(result -> scans.findings(result, offset, limit))
              .orElse(Optional.of(List.of()));
      if (page.isPresent()) {
        return response(
            account, request, image, scan, page.get(), next(what, scan, offset + limit));
      }
      scan = next(scan, find(account, request, image));
    }
  }

  /** Another scan has been completed, or the image has been pushed anew, since it was read. */
  private static Scan next(Scan before, Scan now) {
    if (now.result().equals(before.result())) {
      throw new StoreException(
          "findings are missing: " + now.result().map(ScanResult::objectKey).orElse("-"));
    }
    return now;
  }

  private Scan find(String account, Request request, Resolved image) {
    ImageIdentifier id = request.imageId();
    return scans
        .find(account, request.name(), image.digest())
        .orElseThrow(
            () -> new ScanNotFound(account, request.name(), id.imageDigest(), id.imageTag()));
  }

  /** Pages are those of one scan's findings. */
  private String listing(String account, Request request, Resolved image, Scan scan) {
    return String.join(
        " ",
        name(),
        account,
        request.repositoryName(),
        image.digest().toString(),
        scan.result().map(ScanResult::objectKey).orElse("-"));
  }

  private Optional<String> next(String what, Scan scan, int end) {
    int total = scan.result().map(result -> result.counts().total()).orElse(0);
    return pageTokens.seal(what, Optional.of(String.valueOf(end)).filter(_ -> end < total));
  }

  private static Response response(
      String account,
      Request request,
      Resolved image,
      Scan scan,
      List<ScanFinding> page,
      Optional<String> next) {
    return new Response(
        account,
        request.repositoryName(),
        ImageIdentifier.of(image.digest(), image.tag()),
        ScanStatusDocument.of(scan),
        ScanFindingsDocument.of(scan.result(), page),
        next);
  }
}

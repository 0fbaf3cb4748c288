package dev.berth.lambda.ecr;

import dev.berth.lambda.ecr.ImageResolver.Resolved;
import dev.berth.registry.image.Scan;
import dev.berth.registry.scan.ScanRequests;
import dev.berth.registry.scan.ScanTarget;
import dev.berth.registry.scan.Scans;
import java.util.Optional;

/** Asks for a scan of an image, or of those of an index; a function does it. */
final class StartImageScan
    implements RepositoryOperation<StartImageScan.Request, StartImageScan.Response> {

  record Request(Optional<String> registryId, String repositoryName, ImageIdentifier imageId)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      Constraints.required("imageId", imageId);
    }
  }

  record Response(
      String registryId,
      String repositoryName,
      ImageIdentifier imageId,
      ScanStatusDocument imageScanStatus) {}

  private final ImageResolver resolver;
  private final Scans scans;
  private final ScanRequests requests;

  StartImageScan(ImageResolver resolver, Scans scans, ScanRequests requests) {
    this.resolver = resolver;
    this.scans = scans;
    this.requests = requests;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    Resolved image = resolver.require(account, request.name(), request.imageId());
    Scan scan = scans.start(account, request.name(), image.digest());
    requests.ask(new ScanTarget(account, request.name(), image.digest()));
    return new Response(
        account,
        request.repositoryName(),
        ImageIdentifier.of(image.digest(), image.tag()),
        ScanStatusDocument.of(scan));
  }
}

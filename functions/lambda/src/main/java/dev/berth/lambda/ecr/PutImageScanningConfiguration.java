package dev.berth.lambda.ecr;

import dev.berth.lambda.ecr.CreateRepository.ImageScanningConfiguration;
import dev.berth.lambda.ecr.RepositoryDocument.ScanningConfiguration;
import dev.berth.registry.repository.Repositories;
import java.util.Optional;

/** Sets whether images are scanned when they are pushed (guide, "Image scanning"). */
final class PutImageScanningConfiguration
    implements RepositoryOperation<
        PutImageScanningConfiguration.Request, PutImageScanningConfiguration.Response> {

  record Request(
      Optional<String> registryId,
      String repositoryName,
      ImageScanningConfiguration imageScanningConfiguration)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      Constraints.required("imageScanningConfiguration", imageScanningConfiguration);
    }
  }

  record Response(
      String registryId, String repositoryName, ScanningConfiguration imageScanningConfiguration) {}

  private final Repositories repositories;

  PutImageScanningConfiguration(Repositories repositories) {
    this.repositories = repositories;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    boolean scanOnPush = request.imageScanningConfiguration().scanOnPush().orElse(false);
    repositories.setScanOnPush(account, request.name(), scanOnPush);
    return new Response(account, request.repositoryName(), new ScanningConfiguration(scanOnPush));
  }
}

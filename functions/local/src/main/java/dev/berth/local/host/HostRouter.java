package dev.berth.local.host;

import dev.berth.lambda.http.EdgeError;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body.Blob;
import dev.berth.lambda.iam.IamApi;
import dev.berth.lambda.sigv4.ClaimedScope;
import dev.berth.lambda.sts.StsApi;
import dev.berth.local.http.BlobSource.Reading;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hands each request to the deployment that it is for: a call of IAM or STS, which are one for all
 * regions, to the home region's; another API call by the region that its signature names; any other
 * request by the host's name or the listener's region.
 */
final class HostRouter implements Handler {

  private static final Set<String> OF_ALL_REGIONS = Set.of(IamApi.SERVICE, StsApi.SERVICE);

  private final Map<String, LocalDeployment> deployments;
  private final String home;
  private final Handler metrics;

  /**
   * @param home the home region
   * @param metrics of all regions
   */
  HostRouter(Map<String, LocalDeployment> deployments, String home, Handler metrics) {
    this.deployments = Map.copyOf(deployments);
    this.home = home;
    this.metrics = metrics;
  }

  @Override
  public Response handle(Request request) throws IOException {
    if (request.path().equals(MetricsPage.PATH)) {
      return metrics.handle(request);
    }
    Optional<LocalDeployment> deployment =
        scopeRegion(request)
            .map(deployments::get)
            .or(() -> Optional.ofNullable(deployments.get(request.registry().region())));
    return deployment.isPresent()
        ? handle(deployment.get(), request)
        : EdgeError.MISDIRECTED.response(
            "this host serves %s, and %s is in %s"
                .formatted(
                    deployments.keySet().stream().sorted().collect(Collectors.joining(", ")),
                    request.host(),
                    request.registry().region()));
  }

  private static Response handle(LocalDeployment deployment, Request request) throws IOException {
    Response response = deployment.handle(request);
    return response.body() instanceof Blob blob
        ? new Response(response.status(), response.headers(), qualified(deployment.region(), blob))
        : response;
  }

  private Optional<String> scopeRegion(Request request) {
    if (!request.path().equals("/")) {
      return Optional.empty();
    }
    return ClaimedScope.of(request)
        .map(scope -> OF_ALL_REGIONS.contains(scope.service()) ? home : scope.region());
  }

  /** The server sends blobs of all deployments: their keys say whose they are. */
  private static Blob qualified(String region, Blob blob) {
    return new Blob(region + "/" + blob.objectKey(), blob.offset(), blob.length());
  }

  Reading read(String qualifiedKey, long offset, long length) throws IOException {
    int slash = qualifiedKey.indexOf('/');
    return deployments
        .get(qualifiedKey.substring(0, slash))
        .read(qualifiedKey.substring(slash + 1), offset, length);
  }
}

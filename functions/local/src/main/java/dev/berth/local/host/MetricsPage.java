package dev.berth.local.host;

import dev.berth.core.usage.PrometheusPage;
import dev.berth.lambda.audit.LineAuditLog;
import dev.berth.lambda.http.EdgeError;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code /metrics}: the usage metrics of all regions, for Prometheus. It has no credential, and
 * shows accounts and what they do, so it answers this machine alone, and nobody through a proxy.
 */
final class MetricsPage implements Handler {

  static final String PATH = "/metrics";

  private final List<LocalDeployment> deployments;
  private final LineAuditLog audit;

  MetricsPage(Collection<LocalDeployment> deployments, LineAuditLog audit) {
    this.deployments = List.copyOf(deployments);
    this.audit = audit;
  }

  @Override
  public Response handle(Request request) {
    if (!isOfThisMachine(request)) {
      return EdgeError.FORBIDDEN.response(
          "metrics are for this machine alone: ask on a loopback address, without a proxy");
    }
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    return reads ? page() : EdgeError.NOT_FOUND.response("metrics are read with GET");
  }

  private static boolean isOfThisMachine(Request request) {
    return InetAddress.ofLiteral(request.sourceAddress()).isLoopbackAddress()
        && Stream.of("X-Forwarded-For", "Forwarded", "Via")
            .allMatch(name -> request.headers().first(name).isEmpty());
  }

  private Response page() {
    var counts =
        deployments.stream()
            .collect(
                Collectors.toMap(
                    LocalDeployment::region,
                    deployment -> deployment.counts().counts(),
                    (one, other) -> one,
                    TreeMap::new));
    byte[] page = PrometheusPage.of(counts, audit.lost()).getBytes(StandardCharsets.UTF_8);
    return new Response(
        200,
        Headers.of("Content-Type", PrometheusPage.CONTENT_TYPE),
        new Response.Body.Bytes(page));
  }
}

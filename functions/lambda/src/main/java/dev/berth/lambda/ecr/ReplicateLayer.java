package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import dev.berth.registry.RegistryException.LayersNotFound;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.upload.Deadline;
import dev.berth.registry.upload.IncomingLayer;
import dev.berth.registry.upload.LayerSources;
import dev.berth.registry.upload.LayerTransfers;
import dev.berth.registry.upload.LayerTransfers.Progress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Brings a layer of an image that another registry replicates a part of its way, or all of it. The
 * caller calls again until it is there.
 */
final class ReplicateLayer
    implements ReplicationOperation<ReplicateLayer.Request, ReplicateLayer.Response> {

  /**
   * @param layerSize in bytes, as the source has it
   * @param layerUrl where its bytes are to be had, a path for one of the source's own deployment;
   *     absent where the source is a registry of this deployment, in whose store they are
   */
  record Request(
      Optional<String> registryId,
      String repositoryName,
      String sourceRegion,
      String layerDigest,
      Long layerSize,
      Optional<String> layerUrl)
      implements ReplicationOperation.Request {
    Request {
      ReplicationOperation.Request.check(registryId, repositoryName, sourceRegion);
      Constraints.digest("layerDigest", layerDigest);
      Constraints.range("layerSize", layerSize, 0, Long.MAX_VALUE);
      layerUrl.ifPresent(ReplicateLayer::link);
    }

    private Digest digest() {
      return Constraints.digest("layerDigest", layerDigest);
    }
  }

  /**
   * @param received bytes that have arrived so far
   * @param complete whether the repository has the layer
   */
  record Response(String layerDigest, long received, boolean complete) {}

  /** A link of S3's with a session's token has some 2,000 characters. */
  private static final int LONGEST_URL = 8192;

  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final int LAST_PORT = 65_535;

  private final LayerTransfers transfers;
  private final Layers layers;
  private final LayerSources sources;
  private final Duration time;

  /**
   * @param time how long a call works at most, but for what it waits for at its end
   */
  ReplicateLayer(LayerTransfers transfers, Layers layers, LayerSources sources, Duration time) {
    this.transfers = transfers;
    this.layers = layers;
    this.sources = sources;
    this.time = time;
  }

  @Override
  public Response run(Request request, Caller caller) {
    Source source = source(request, caller);
    var layer =
        new IncomingLayer(
            account(request, caller),
            request.name(),
            request.digest(),
            request.layerSize(),
            source);
    Progress progress =
        request.layerUrl().isPresent()
            ? fetched(layer, link(request.layerUrl().get()))
            : copied(layer, caller);
    return new Response(progress.digest().toString(), progress.received(), progress.complete());
  }

  private Progress fetched(IncomingLayer layer, URI link) {
    return onVirtualThread(
        () ->
            transfers.receive(
                layer,
                offset -> sources.of(layer.from()).open(link, offset, layer.size()),
                Deadline.in(time, System::nanoTime)));
  }

  /** What waits there for a server can be broken off. */
  private static <T> T onVirtualThread(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Progress copied(IncomingLayer layer, Caller caller) {
    if (!layer.from().region().equals(caller.region())) {
      throw new InvalidParameter("layerUrl", "must not be null where the source is elsewhere");
    }
    return transfers.copy(layer, atTheSource(layer));
  }

  /** In the registry of the caller's own account, which the request does not name. */
  private LayerLink atTheSource(IncomingLayer layer) {
    String account = layer.from().account();
    try {
      return layers.open(account, layer.name(), layer.digest()).orElseThrow(() -> missing(layer));
    } catch (RepositoryNotFound deletedMeanwhile) {
      throw missing(layer);
    }
  }

  private static LayersNotFound missing(IncomingLayer layer) {
    return new LayersNotFound(layer.from().account(), layer.name(), List.of(layer.digest()));
  }

  /** The refusal does not repeat the URL: its query is a secret. */
  private static URI link(String url) {
    Constraints.length("layerUrl", url, 1, LONGEST_URL);
    try {
      URI link = new URI(url);
      if ((isWhole(link) || isPath(link)) && link.getRawFragment() == null) {
        return link;
      }
    } catch (URISyntaxException notOne) {
      // refused like one that is not good
    }
    throw new InvalidParameter(
        "layerUrl", "must be an http or https URL, or a path, without user info and fragment");
  }

  private static boolean isWhole(URI link) {
    return SCHEMES.contains(String.valueOf(link.getScheme()))
        && link.getHost() != null
        && link.getRawUserInfo() == null
        && link.getPort() <= LAST_PORT;
  }

  private static boolean isPath(URI link) {
    return link.getScheme() == null
        && link.getRawAuthority() == null
        && link.getRawPath().startsWith("/");
  }
}

package dev.berth.lambda.replication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.lambda.replication.PeerCalls.Answer;
import dev.berth.registry.image.StoredManifest;
import dev.berth.registry.replication.Peer;
import dev.berth.registry.replication.PeerException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A registry of a deployment that is called over HTTP.
 *
 * @param account of the registry
 * @param sourceRegion of the registry that replicates into it
 * @param told makes links to layers such that it can follow them
 */
record HttpPeer(PeerCalls calls, String account, String sourceRegion, UnaryOperator<URI> told)
    implements Peer {

  private static final Pattern CODE = Pattern.compile("[A-Za-z]{1,64}");

  /**
   * What does not change by itself: neither permissions, keys and agreements nor what was pushed.
   */
  private static final Set<String> LASTING =
      Set.of(
          "AccessDeniedException",
          "KmsException",
          "UnrecognizedClientException",
          "ImageDigestDoesNotMatchException",
          "InvalidLayerException");

  /** Neither does this, before the repository is made; of a layer it tells that it went. */
  private static final String NO_REPOSITORY = "RepositoryNotFoundException";

  @Override
  public ImageAnswer replicateImage(ImageOffer offer) throws InterruptedException {
    StoredManifest manifest = offer.manifest();
    ObjectNode request =
        request(offer.repositoryName())
            .put("imageDigest", manifest.digest().toString())
            .put("imageManifest", new String(manifest.bytes(), UTF_8))
            .put("imageManifestMediaType", manifest.mediaType());
    offer.tag().ifPresent(tag -> request.put("imageTag", tag.value()));
    Answer answer = calls.call("ReplicateImage", request);
    if (!answer.isSuccess()) {
      throw refusal(answer, code(answer).equals(NO_REPOSITORY));
    }
    boolean complete = isComplete(answer.body());
    if (complete) {
      requireEqual(answer.body().path("imageId").path("imageDigest"), manifest.digest());
    }
    JsonNode missing = answer.body().path("missing");
    return new ImageAnswer(
        digests(missing.path("layers")), digests(missing.path("images")), complete);
  }

  @Override
  public LayerAnswer replicateLayer(LayerOffer offer) throws InterruptedException {
    ObjectNode request =
        request(offer.repositoryName())
            .put("layerDigest", offer.digest().toString())
            .put("layerSize", offer.size());
    offer.url().map(told).ifPresent(url -> request.put("layerUrl", url.toString()));
    Answer answer = calls.call("ReplicateLayer", request);
    if (!answer.isSuccess()) {
      throw refusal(answer, false);
    }
    requireEqual(answer.body().path("layerDigest"), offer.digest());
    JsonNode received = answer.body().path("received");
    if (!received.isIntegralNumber() || !received.canConvertToLong()) {
      throw garbage("received");
    }
    return new LayerAnswer(received.longValue(), isComplete(answer.body()));
  }

  private ObjectNode request(RepositoryName repository) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("registryId", account)
        .put("repositoryName", repository.value())
        .put("sourceRegion", sourceRegion);
  }

  private static PeerException refusal(Answer answer, boolean lasting) {
    String code = code(answer);
    String message =
        answer.body().path("message").asText("the destination answered " + answer.status());
    return lasting || LASTING.contains(code)
        ? new PeerException.Refused(code, message)
        : new PeerException.Failed(code, message);
  }

  /** Of an error, which may be written with its namespace before it. */
  private static String code(Answer answer) {
    String type = answer.body().path("__type").asText("");
    String code = type.substring(type.indexOf('#') + 1);
    return CODE.matcher(code).matches() ? code : "InvalidAnswerException";
  }

  private static void requireEqual(JsonNode told, Digest digest) {
    if (!told.asText("").equals(digest.toString())) {
      throw garbage("the digest");
    }
  }

  private static boolean isComplete(JsonNode body) {
    JsonNode complete = body.path("complete");
    if (!complete.isBoolean()) {
      throw garbage("complete");
    }
    return complete.booleanValue();
  }

  /** None where it is absent. */
  private static List<Digest> digests(JsonNode list) {
    if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
      throw garbage("missing");
    }
    List<Digest> digests = new ArrayList<>();
    list.forEach(
        text -> digests.add(Digest.parse(text.asText("")).orElseThrow(() -> garbage("missing"))));
    return digests;
  }

  private static PeerException.Failed garbage(String what) {
    return new PeerException.Failed(
        "InvalidAnswerException", "%s of the destination's answer makes no sense".formatted(what));
  }
}

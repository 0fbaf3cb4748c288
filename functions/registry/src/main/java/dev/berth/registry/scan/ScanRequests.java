package dev.berth.registry.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.text.Excerpt;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.core.trigger.Triggers;
import dev.berth.registry.trigger.FunctionRequests;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * By which scans are asked for.
 *
 * @param region of this deployment
 */
public record ScanRequests(FunctionRequests requests, String region, Clock clock) {

  private static final System.Logger LOG = System.getLogger(ScanRequests.class.getName());

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  /** The bus of AWS puts its own account into the envelope. */
  private static final String REGISTRY = "registry-id";

  private static final String REPOSITORY = "repository-name";
  private static final String DIGEST = "image-digest";

  /**
   * Asks for a scan that is noted as in progress, and if that fails, leaves it to who follows up.
   */
  public void ask(ScanTarget target) {
    try {
      requests.ask(List.of(event(target)));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a scan will begin later than asked for: " + target, e);
    }
  }

  private FunctionRequest event(ScanTarget target) {
    Instant now = clock.instant();
    ObjectNode detail =
        JsonNodeFactory.instance
            .objectNode()
            .put(REGISTRY, target.account())
            .put(REPOSITORY, target.repository().value())
            .put(DIGEST, target.digest().toString());
    String id = UUID.nameUUIDFromBytes((detail + "#" + now).getBytes(UTF_8)).toString();
    return new FunctionRequest(id, Triggers.IMAGE_SCAN, target.account(), now, region, detail);
  }

  /**
   * What is to be scanned by an event: of such a request, or of an image that came into a
   * repository of this region.
   *
   * @param event as anybody may send it
   * @throws IllegalArgumentException if it is none
   */
  public ScanTarget read(JsonNode event) {
    JsonNode detail = event.path("detail");
    String account = detail.path(REGISTRY).asText(event.path("account").asText());
    if (!event.path("region").asText().equals(region) || !ACCOUNT.matcher(account).matches()) {
      throw wrong(event);
    }
    return new ScanTarget(
        account,
        RepositoryName.parse(detail.path(REPOSITORY).asText()).orElseThrow(() -> wrong(event)),
        Digest.parse(detail.path(DIGEST).asText()).orElseThrow(() -> wrong(event)));
  }

  private IllegalArgumentException wrong(JsonNode event) {
    return new IllegalArgumentException(
        "no image of %s to scan: %s".formatted(region, Excerpt.of(event.toString())));
  }
}

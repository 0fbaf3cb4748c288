package dev.berth.lambda.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.oci.RepositoryName;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an event of {@link dev.berth.core.trigger.Triggers#LIFECYCLE_EVALUATION} asks for.
 *
 * @param account whose registry the repository is in
 */
record LifecycleRequest(String account, RepositoryName repository) {

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final String REGISTRY = "registry-id";
  private static final String NAME = "repository-name";

  /** Empty for what asks for nothing that there can be. */
  static Optional<LifecycleRequest> of(JsonNode event) {
    // the event's own account is on AWS that of the bus
    String account = event.at("/detail/" + REGISTRY).asText();
    return ACCOUNT.matcher(account).matches()
        ? RepositoryName.parse(event.at("/detail/" + NAME).asText())
            .map(name -> new LifecycleRequest(account, name))
        : Optional.empty();
  }

  ObjectNode detail() {
    return JsonNodeFactory.instance
        .objectNode()
        .put(REGISTRY, account)
        .put(NAME, repository.value());
  }
}

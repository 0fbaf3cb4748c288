package dev.berth.lambda.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.text.Excerpt;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.core.trigger.Triggers;
import dev.berth.registry.lifecycle.LifecycleOutcome;
import dev.berth.registry.service.Services;
import dev.berth.registry.trigger.FunctionRequests;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The lifecycle policies of a deployment: every day one function asks for the evaluation of each
 * repository that is under one, and another one evaluates them one by one, so that one that fails
 * is tried again alone. Both may be given an event twice.
 */
public final class LifecycleFunctions {

  private static final Logger LOG = System.getLogger(LifecycleFunctions.class.getName());

  private final Services services;
  private final FunctionRequests requests;
  private final String region;
  private final Clock clock;

  /**
   * @param region of the deployment
   * @param clock of requests
   */
  public LifecycleFunctions(
      Services services, FunctionRequests requests, String region, Clock clock) {
    this.services = services;
    this.requests = requests;
    this.region = region;
    this.clock = clock;
  }

  /** Asks for the evaluation of all repositories, a page at a time. */
  public void askForAll(JsonNode event) {
    String occasion = idOf(event);
    services
        .lifecycleRepositories()
        .forEach(
            (account, names) ->
                requests.ask(
                    names.stream()
                        .map(name -> request(new LifecycleRequest(account, name), occasion))
                        .toList()));
  }

  /**
   * Evaluates one repository's policy and deletes what expires. What takes too long for one
   * invocation goes on in another one. Where the repository is gone by now, or has no policy any
   * more, nothing happens; what asks for no repository is refused, and not given again.
   */
  public void evaluate(JsonNode event) {
    LifecycleRequest.of(event)
        .ifPresentOrElse(
            asked -> evaluate(asked, idOf(event)),
            () ->
                LOG.log(
                    Level.WARNING,
                    "an event asks for the lifecycle evaluation of no repository: {0}",
                    Excerpt.of(event.toString())));
  }

  private void evaluate(LifecycleRequest asked, String occasion) {
    LifecycleOutcome outcome =
        services.lifecycleRuns().run(asked.account(), asked.repository(), _ -> {});
    LOG.log(
        Level.DEBUG,
        "lifecycle policy of {0} in {1}: {2}",
        asked.repository(),
        asked.account(),
        outcome);
    if (!outcome.finished()) {
      requests.ask(List.of(request(asked, occasion)));
    }
  }

  /** The same request has the same id when the same event comes again. */
  private FunctionRequest request(LifecycleRequest asked, String occasion) {
    String name = occasion + " " + asked.account() + " " + asked.repository();
    return new FunctionRequest(
        UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString(),
        Triggers.LIFECYCLE_EVALUATION,
        asked.account(),
        clock.instant(),
        region,
        asked.detail());
  }

  private static String idOf(JsonNode event) {
    return Optional.ofNullable(event.path("id").textValue())
        .orElseGet(() -> UUID.randomUUID().toString());
  }
}

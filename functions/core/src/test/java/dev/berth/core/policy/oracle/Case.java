package dev.berth.core.policy.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Principal;
import dev.berth.core.policy.ApplicablePolicies;
import dev.berth.core.policy.ManagedPolicy;
import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyEngine;
import dev.berth.core.policy.PolicyReader;
import dev.berth.core.policy.PolicySize;
import dev.berth.core.policy.Verdict;
import dev.berth.core.policy.condition.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request and the policies that apply to it, for both engines.
 *
 * @param resource the ARN, or {@code *}
 * @param owner of the resource: the account
 * @param repository the policy's text, as are the others
 */
record Case(
    String principal,
    String action,
    String resource,
    String owner,
    Map<String, List<String>> context,
    Optional<String> identity,
    Optional<String> repository,
    Optional<String> boundary,
    Optional<String> session) {

  private static final ObjectMapper JSON = new ObjectMapper();

  boolean isByRoot() {
    return principal.endsWith(":root");
  }

  boolean isBySession() {
    return principal.contains(":assumed-role/");
  }

  Case withoutSession() {
    return new Case(
        principal,
        action,
        resource,
        owner,
        context,
        identity,
        repository,
        boundary,
        Optional.empty());
  }

  String account() {
    return principal.split(":")[4];
  }

  /** In the simulator's words, what our engine decides. */
  String decideHere() {
    var known = RequestContext.builder();
    context.forEach(known::with);
    var caller = new Principal(account(), principal, "AIDAEXAMPLE", "AKIAEXAMPLE");
    var policies =
        new ApplicablePolicies(
            identity(identity).stream().toList(),
            repository.map(PolicyReader.ofRepository()::read),
            Optional.empty(),
            identity(boundary),
            identity(session).stream().toList());
    return switch (PolicyEngine.decide(
        new Attempt(caller, action, resource, known.build()), policies)) {
      case Verdict.Allowed _ -> "Allowed";
      case Verdict.ExplicitlyDenied _ -> "ExplicitlyDenied";
      case Verdict.ImplicitlyDenied _ -> "ImplicitlyDenied";
    };
  }

  private static Optional<PolicyDocument> identity(Optional<String> text) {
    return text.map(PolicyReader.ofIdentity(PolicySize.INLINE_OF_ROLE)::read);
  }

  /** As the simulator takes it, in one line. */
  String forSimulator() throws Exception {
    var translation = new Translation(this);
    ObjectNode simulation = JSON.createObjectNode();
    ObjectNode request = simulation.putObject("request");
    request.put("principal", principal).put("action", action);
    request.putObject("resource").put("resource", resource).put("accountId", owner);
    ObjectNode variables = request.putObject("contextVariables");
    for (var entry : context.entrySet()) {
      if (entry.getKey().equals("aws:TagKeys")) {
        variables.set(entry.getKey(), JSON.valueToTree(entry.getValue()));
      } else {
        variables.put(entry.getKey(), entry.getValue().getFirst());
      }
    }
    simulation.putArray("serviceControlPolicies");
    simulation.putArray("resourceControlPolicies");
    var identities = simulation.putArray("identityPolicies");
    // it knows no root that may do everything without a policy
    Optional<String> own =
        isByRoot() ? Optional.of(ManagedPolicy.ADMINISTRATOR_ACCESS.document().text()) : identity;
    if (own.isPresent()) {
      identities.addObject().put("name", "identity").set("policy", translation.of(own.get()));
    }
    if (repository.isPresent()) {
      simulation.set("resourcePolicy", withResource(translation.of(repository.get())));
    }
    if (boundary.isPresent() && !isByRoot()) {
      simulation
          .putArray("permissionBoundaryPolicies")
          .addObject()
          .put("name", "boundary")
          .set("policy", translation.of(boundary.get()));
    }
    if (session.isPresent()) {
      simulation.set("sessionPolicy", translation.of(session.get()));
    }
    return JSON.writeValueAsString(simulation);
  }

  /** The policy of a repository is about it without saying so, which only ECR has. */
  private static JsonNode withResource(JsonNode policy) {
    policy.get("Statement").forEach(each -> ((ObjectNode) each).put("Resource", "*"));
    return policy;
  }
}

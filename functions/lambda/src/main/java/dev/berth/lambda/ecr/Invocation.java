package dev.berth.lambda.ecr;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision.Denied;
import dev.berth.core.policy.condition.RequestContext;
import dev.berth.lambda.ecr.EcrError.AccessDenied;
import dev.berth.lambda.ecr.Operations.Entry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.identity.ReplicationPeers;
import java.util.List;

/**
 * One call of an operation, and those that it makes of others.
 *
 * @param context what is known of the request, for the conditions of policies
 */
record Invocation(
    Authorizer authorizer, Caller caller, RequestContext context, EcrRecording recording) {

  /**
   * Whether it is an operation for such callers: other registries have their own, and no others.
   */
  static boolean isFor(Caller caller, Entry<?, ?> operation) {
    return operation.isOfReplication() == ReplicationPeers.sourceOf(caller.principal()).isPresent();
  }

  <I, O> O run(Entry<I, O> entry, byte[] body) {
    if (!isFor(caller, entry)) {
      throw new AccessDenied(
          "User: %s is not authorized to perform: %s because %s"
              .formatted(
                  caller.principal().arn(),
                  entry.operation().action(),
                  entry.isOfReplication()
                      ? "Amazon ECR alone performs it, to replicate images"
                      : "its role is for the replication of images alone"));
    }
    I input = EcrJson.read(body, entry.requestType());
    Operation<I, O> operation = entry.operation();
    authorize(operation.permissions(input, caller));
    operation.before(input, caller).forEach(this::runBefore);
    return operation.run(input, caller);
  }

  private void authorize(List<Permission> permissions) {
    for (Permission permission : permissions) {
      var attempt =
          new Attempt(
              caller.principal(),
              permission.action(),
              permission.resource(),
              permission.in(context));
      if (authorizer.decide(attempt) instanceof Denied denied) {
        throw new AccessDenied(denied.message());
      }
    }
  }

  private <I, O> void runBefore(PriorCall<I, O> prior) {
    EcrRecording own = recording.ofPrior(prior);
    Operation<I, O> operation = prior.operation().operation();
    try {
      authorize(operation.permissions(prior.request(), caller));
      own.succeeded(operation.run(prior.request(), caller));
    } catch (EcrError error) {
      throw own.failed(error);
    } catch (RegistryException refusal) {
      EcrError told = own.failed(RegistryErrors.translate(refusal));
      if (!prior.harmless().isInstance(refusal)) {
        throw told;
      }
    } catch (RuntimeException fault) {
      own.failed(new EcrError.Server());
      throw fault;
    }
  }
}

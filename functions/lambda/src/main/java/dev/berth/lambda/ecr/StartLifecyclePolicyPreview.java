package dev.berth.lambda.ecr;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.registry.lifecycle.Preview;
import dev.berth.registry.lifecycle.Preview.Status;
import dev.berth.registry.lifecycle.PreviewEvaluation;
import dev.berth.registry.lifecycle.Previews;
import java.util.Optional;

/**
 * Evaluates a lifecycle policy without expiring anything. The evaluation is over before the answer,
 * which nevertheless says what ECR's says: that it is in progress.
 */
final class StartLifecyclePolicyPreview
    implements RepositoryOperation<
        StartLifecyclePolicyPreview.Request, StartLifecyclePolicyPreview.Response> {

  /**
   * @param lifecyclePolicyText the repository's own policy where it is absent
   */
  record Request(
      Optional<String> registryId, String repositoryName, Optional<String> lifecyclePolicyText)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      lifecyclePolicyText.ifPresent(LifecyclePolicyText::check);
    }
  }

  record Response(
      String registryId, String repositoryName, String lifecyclePolicyText, Status status) {}

  private final Previews previews;
  private final PreviewEvaluation evaluation;

  StartLifecyclePolicyPreview(Previews previews, PreviewEvaluation evaluation) {
    this.previews = previews;
    this.evaluation = evaluation;
  }

  @Override
  public Response run(Request request, Caller caller) {
    Optional<LifecyclePolicy> policy =
        request.lifecyclePolicyText().map(LifecyclePolicyText::parse);
    String account = account(request, caller);
    Preview preview = previews.start(account, request.name(), policy);
    evaluation.run(preview);
    return new Response(
        account, request.repositoryName(), preview.policyText(), preview.recorded());
  }
}

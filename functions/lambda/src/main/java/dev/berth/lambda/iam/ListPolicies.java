package dev.berth.lambda.iam;

import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.store.Page;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The managed policies that the account sees: AWS's, then its own by name. */
record ListPolicies(ManagedPolicies policies, Paging paging) implements IamAction {

  private static final List<String> SCOPES =
      Arrays.stream(ManagedPolicies.Scope.values()).map(Enum::name).toList();
  private static final String AS_BOUNDARY = "PermissionsBoundary";
  private static final List<String> USES = List.of("PermissionsPolicy", AS_BOUNDARY);

  @Override
  public String name() {
    return "ListPolicies";
  }

  @Override
  public String resource(QueryRequest request) {
    return "*";
  }

  @Override
  public List<Element> run(QueryRequest request) {
    var scope = ManagedPolicies.Scope.valueOf(request.optionalOneOf("Scope", SCOPES).orElse("All"));
    Page<PolicyDetails> page =
        paging.page(
            request,
            (after, limit) -> policies.list(request.account(), scope, after, limit),
            wanted(request));
    return paging.answer(
        request, "Policies", page, policy -> Element.of("member", policy.listed()));
  }

  private static Predicate<PolicyDetails> wanted(QueryRequest request) {
    String prefix = Names.policyPathPrefix(request);
    boolean attached =
        request
            .optionalOneOf("OnlyAttached", List.of("true", "false"))
            .filter("true"::equals)
            .isPresent();
    Predicate<PolicyDetails> used =
        request
            .optionalOneOf("PolicyUsageFilter", USES)
            .map(ListPolicies::usedAs)
            .orElse(any -> true);
    return used.and(policy -> PolicyArns.path(policy.arn()).startsWith(prefix))
        .and(policy -> !attached || policy.use().attachments() > 0);
  }

  private static Predicate<PolicyDetails> usedAs(String use) {
    return use.equals(AS_BOUNDARY)
        ? policy -> policy.use().boundaries() > 0
        : policy -> policy.use().attachments() > 0;
  }
}

package dev.berth.lambda.ecr;

import java.util.Map;
import java.util.Set;

/** The operations that ECR's model does not have, with their errors. */
final class OwnOperations {

  static final Map<String, Set<String>> ERRORS =
      Map.of(
          "PutRegistryLifecyclePolicy", Set.of(),
          "GetRegistryLifecyclePolicy", Set.of("LifecyclePolicyNotFoundException"),
          "DeleteRegistryLifecyclePolicy", Set.of("LifecyclePolicyNotFoundException"));

  private OwnOperations() {}

  static boolean has(String operation) {
    return ERRORS.containsKey(operation);
  }
}

package dev.berth.lambda.ecr;

/** What the operations on the lifecycle policy of a registry answer with. */
record RegistryLifecyclePolicyResponse(String registryId, String lifecyclePolicyText) {}

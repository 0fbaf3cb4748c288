package dev.berth.lambda.ecr;

/** What the operations on a registry's policy answer. */
record RegistryPolicyResponse(String registryId, String policyText) {}

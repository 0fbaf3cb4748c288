package dev.berth.lambda.ecr;

/** What the operations on a repository's policy answer. */
record RepositoryPolicyResponse(String registryId, String repositoryName, String policyText) {}

package dev.berth.lambda.ecr;

/** ECR's Image: a manifest with where it is. */
record ImageDocument(
    String registryId,
    String repositoryName,
    ImageIdentifier imageId,
    String imageManifest,
    String imageManifestMediaType) {}

package dev.berth.lambda.ecr;

import dev.berth.core.secret.Sealer;
import dev.berth.core.token.AuthorizationTokens;
import dev.berth.registry.service.Services;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table of the operations, by name. */
public final class Operations {

  private final Map<String, Operation<?, ?>> byName;

  Operations(List<Operation<?, ?>> operations) {
    byName = operations.stream().collect(Collectors.toUnmodifiableMap(Operation::name, o -> o));
  }

  /**
   * @param pagePositions of {@code Purpose.PAGE_POSITION}
   */
  public static Operations of(
      Services services, AuthorizationTokens tokens, RegistryHosts hosts, Sealer pagePositions) {
    var pages = new PageTokens(pagePositions);
    var resolver = new ImageResolver(services.listing());
    return new Operations(
        List.of(
            new GetAuthorizationToken(tokens, hosts),
            new CreateRepository(services.repositories(), services.keys(), hosts),
            new DescribeRepositories(services.repositories(), hosts, pages),
            new DeleteRepository(services.repositories(), hosts),
            new PutImageTagMutability(services.repositories()),
            new PutImageScanningConfiguration(services.repositories()),
            new TagResource(services.resourceTags()),
            new UntagResource(services.resourceTags()),
            new ListTagsForResource(services.resourceTags()),
            new BatchCheckLayerAvailability(services.layers()),
            new InitiateLayerUpload(services.partUploads(), services.partSizes()),
            new UploadLayerPart(services.partUploads()),
            new CompleteLayerUpload(services.partUploads()),
            new GetDownloadUrlForLayer(services.layers(), services.objects()),
            new PutImage(services.push()),
            new BatchGetImage(resolver, services.images(), services.conversions()),
            new ListImages(services.listing(), pages),
            new DescribeImages(resolver, services.listing(), pages),
            new BatchDeleteImage(resolver, services.deletion(), services.tags()),
            new SetRepositoryPolicy(services.repositoryPolicies()),
            new GetRepositoryPolicy(services.repositoryPolicies()),
            new DeleteRepositoryPolicy(services.repositoryPolicies()),
            new PutLifecyclePolicy(services.lifecyclePolicies()),
            new GetLifecyclePolicy(services.lifecyclePolicies()),
            new DeleteLifecyclePolicy(services.lifecyclePolicies()),
            new StartLifecyclePolicyPreview(services.previews(), services.previewEvaluation()),
            new GetLifecyclePolicyPreview(services.previews(), pages),
            new PutRegistryPolicy(services.registryPolicies()),
            new GetRegistryPolicy(services.registryPolicies()),
            new DeleteRegistryPolicy(services.registryPolicies()),
            new DescribeRegistry(services.replication()),
            new PutReplicationConfiguration(services.replication()),
            new DescribeImageReplicationStatus(resolver, services.listing()),
            new StartImageScan(resolver, services.scans()),
            new DescribeImageScanFindings(resolver, services.scans(), pages)));
  }

  Collection<Operation<?, ?>> all() {
    return byName.values();
  }

  Optional<Operation<?, ?>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}

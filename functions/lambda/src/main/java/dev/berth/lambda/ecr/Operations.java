package dev.berth.lambda.ecr;

import dev.berth.core.secret.Sealer;
import dev.berth.core.token.AuthorizationTokens;
import dev.berth.registry.service.Services;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of the operations, by name. */
public final class Operations {

  private final Map<String, Entry<?, ?>> byName;

  /** An operation with the type of its requests. */
  record Entry<I, O>(Class<I> requestType, Operation<I, O> operation) {

    String name() {
      return operation.name();
    }

    /** Whether other registries call it, and users do not. */
    boolean isOfReplication() {
      return operation instanceof ReplicationOperation;
    }
  }

  Operations(List<Entry<?, ?>> entries) {
    byName = entries.stream().collect(Collectors.toUnmodifiableMap(Entry::name, e -> e));
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
            new Entry<>(
                GetAuthorizationToken.Request.class, new GetAuthorizationToken(tokens, hosts)),
            new Entry<>(
                CreateRepository.Request.class,
                new CreateRepository(services.repositories(), services.keys(), hosts)),
            new Entry<>(
                DescribeRepositories.Request.class,
                new DescribeRepositories(services.repositories(), hosts, pages)),
            new Entry<>(
                DeleteRepository.Request.class,
                new DeleteRepository(services.repositories(), hosts)),
            new Entry<>(
                PutImageTagMutability.Request.class,
                new PutImageTagMutability(services.repositories())),
            new Entry<>(
                PutImageScanningConfiguration.Request.class,
                new PutImageScanningConfiguration(services.repositories())),
            new Entry<>(TagResource.Request.class, new TagResource(services.resourceTags())),
            new Entry<>(UntagResource.Request.class, new UntagResource(services.resourceTags())),
            new Entry<>(
                ListTagsForResource.Request.class,
                new ListTagsForResource(services.resourceTags())),
            new Entry<>(
                BatchCheckLayerAvailability.Request.class,
                new BatchCheckLayerAvailability(services.layers())),
            new Entry<>(
                InitiateLayerUpload.Request.class,
                new InitiateLayerUpload(services.partUploads(), services.partSizes())),
            new Entry<>(UploadLayerPart.Request.class, new UploadLayerPart(services.partUploads())),
            new Entry<>(
                CompleteLayerUpload.Request.class, new CompleteLayerUpload(services.partUploads())),
            new Entry<>(
                GetDownloadUrlForLayer.Request.class,
                new GetDownloadUrlForLayer(services.layers(), services.objects())),
            new Entry<>(PutImage.Request.class, new PutImage(services.push())),
            new Entry<>(
                BatchGetImage.Request.class,
                new BatchGetImage(
                    resolver, services.images(), services.conversions(), services.pullEvents())),
            new Entry<>(ListImages.Request.class, new ListImages(services.listing(), pages)),
            new Entry<>(
                DescribeImages.Request.class,
                new DescribeImages(resolver, services.listing(), pages)),
            new Entry<>(
                BatchDeleteImage.Request.class,
                new BatchDeleteImage(resolver, services.deletion(), services.tags())),
            new Entry<>(
                SetRepositoryPolicy.Request.class,
                new SetRepositoryPolicy(services.repositoryPolicies())),
            new Entry<>(
                GetRepositoryPolicy.Request.class,
                new GetRepositoryPolicy(services.repositoryPolicies())),
            new Entry<>(
                DeleteRepositoryPolicy.Request.class,
                new DeleteRepositoryPolicy(services.repositoryPolicies())),
            new Entry<>(
                PutLifecyclePolicy.Request.class,
                new PutLifecyclePolicy(services.lifecyclePolicies())),
            new Entry<>(
                GetLifecyclePolicy.Request.class,
                new GetLifecyclePolicy(services.lifecyclePolicies())),
            new Entry<>(
                DeleteLifecyclePolicy.Request.class,
                new DeleteLifecyclePolicy(services.lifecyclePolicies())),
            new Entry<>(
                StartLifecyclePolicyPreview.Request.class,
                new StartLifecyclePolicyPreview(services.previews(), services.previewEvaluation())),
            new Entry<>(
                GetLifecyclePolicyPreview.Request.class,
                new GetLifecyclePolicyPreview(services.previews(), pages)),
            new Entry<>(
                PutRegistryPolicy.Request.class,
                new PutRegistryPolicy(services.registryPolicies())),
            new Entry<>(
                GetRegistryPolicy.Request.class,
                new GetRegistryPolicy(services.registryPolicies())),
            new Entry<>(
                DeleteRegistryPolicy.Request.class,
                new DeleteRegistryPolicy(services.registryPolicies())),
            new Entry<>(
                PutRegistryLifecyclePolicy.Request.class,
                new PutRegistryLifecyclePolicy(services.registryLifecyclePolicies())),
            new Entry<>(
                GetRegistryLifecyclePolicy.Request.class,
                new GetRegistryLifecyclePolicy(services.registryLifecyclePolicies())),
            new Entry<>(
                DeleteRegistryLifecyclePolicy.Request.class,
                new DeleteRegistryLifecyclePolicy(services.registryLifecyclePolicies())),
            new Entry<>(
                DescribeRegistry.Request.class, new DescribeRegistry(services.replication())),
            new Entry<>(
                PutReplicationConfiguration.Request.class,
                new PutReplicationConfiguration(services.replication())),
            new Entry<>(
                DescribeImageReplicationStatus.Request.class,
                new DescribeImageReplicationStatus(
                    resolver, services.listing(), services.replications().records()))));
  }

  /** These and others. */
  public Operations and(Operations others) {
    return new Operations(Stream.concat(all().stream(), others.all().stream()).toList());
  }

  Collection<Entry<?, ?>> all() {
    return byName.values();
  }

  Optional<Entry<?, ?>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}

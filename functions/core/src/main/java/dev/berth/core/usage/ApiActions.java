package dev.berth.core.usage;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The actions of ECR that are counted: those of its API which are served, and what OCI clients do.
 * No other name becomes a series.
 */
public final class ApiActions {

  static final List<String> NAMES =
      List.of(
          "BatchCheckLayerAvailability",
          "BatchDeleteImage",
          "BatchGetImage",
          "CompleteLayerUpload",
          "CreateRepository",
          "DeleteLifecyclePolicy",
          "DeleteRegistryLifecyclePolicy",
          "DeleteRegistryPolicy",
          "DeleteRepository",
          "DeleteRepositoryPolicy",
          "DescribeImageReplicationStatus",
          "DescribeImageScanFindings",
          "DescribeImages",
          "DescribeRegistry",
          "DescribeRepositories",
          "GetAuthorizationToken",
          "GetDownloadUrlForLayer",
          "GetLifecyclePolicy",
          "GetLifecyclePolicyPreview",
          "GetRegistryLifecyclePolicy",
          "GetRegistryPolicy",
          "GetRepositoryPolicy",
          "InitiateLayerUpload",
          "ListImageReferrers",
          "ListImages",
          "ListTagsForResource",
          "PutImage",
          "PutImageScanningConfiguration",
          "PutImageTagMutability",
          "PutLifecyclePolicy",
          "PutRegistryLifecyclePolicy",
          "PutRegistryPolicy",
          "PutReplicationConfiguration",
          "SetRepositoryPolicy",
          "StartImageScan",
          "StartLifecyclePolicyPreview",
          "TagResource",
          "UntagResource",
          "UploadLayerPart");

  private static final Map<String, Integer> POSITIONS =
      IntStream.range(0, NAMES.size())
          .boxed()
          .collect(Collectors.toUnmodifiableMap(NAMES::get, position -> position));

  private ApiActions() {}

  public static boolean isCounted(String action) {
    return POSITIONS.containsKey(action);
  }

  /** The action's place in {@link #NAMES}; -1 for what is not counted. */
  static int position(String action) {
    return POSITIONS.getOrDefault(action, -1);
  }
}

package dev.berth.core.policy;

import java.util.Arrays;
import java.util.Optional;

/** The policies that every account has without making them (ECR's guide, "Managed Policies"). */
public enum ManagedPolicy {
  ADMINISTRATOR_ACCESS(
      "AdministratorAccess",
      """
      {
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }]
      }
      """),
  FULL_ACCESS(
      "AmazonEC2ContainerRegistryFullAccess",
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Action": ["ecr:*", "cloudtrail:LookupEvents"],
            "Resource": "*"
          }
        ]
      }
      """),
  POWER_USER(
      "AmazonEC2ContainerRegistryPowerUser",
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Action": [
              "ecr:GetAuthorizationToken",
              "ecr:BatchCheckLayerAvailability",
              "ecr:GetDownloadUrlForLayer",
              "ecr:GetRepositoryPolicy",
              "ecr:DescribeRepositories",
              "ecr:ListImages",
              "ecr:DescribeImages",
              "ecr:BatchGetImage",
              "ecr:GetLifecyclePolicy",
              "ecr:GetLifecyclePolicyPreview",
              "ecr:ListTagsForResource",
              "ecr:DescribeImageScanFindings",
              "ecr:InitiateLayerUpload",
              "ecr:UploadLayerPart",
              "ecr:CompleteLayerUpload",
              "ecr:PutImage"
            ],
            "Resource": "*"
          }
        ]
      }
      """),
  READ_ONLY(
      "AmazonEC2ContainerRegistryReadOnly",
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Action": [
              "ecr:GetAuthorizationToken",
              "ecr:BatchCheckLayerAvailability",
              "ecr:GetDownloadUrlForLayer",
              "ecr:GetRepositoryPolicy",
              "ecr:DescribeRepositories",
              "ecr:ListImages",
              "ecr:DescribeImages",
              "ecr:BatchGetImage",
              "ecr:GetLifecyclePolicy",
              "ecr:GetLifecyclePolicyPreview",
              "ecr:ListTagsForResource",
              "ecr:DescribeImageScanFindings"
            ],
            "Resource": "*"
          }
        ]
      }
      """);

  private static final String ARN = "arn:aws:iam::aws:policy/";

  private final String policyName;
  private final PolicyDocument document;

  ManagedPolicy(String policyName, String text) {
    this.policyName = policyName;
    this.document = PolicyReader.ofIdentity(PolicySize.MANAGED).read(text);
  }

  /** Empty for what is not the ARN of one of these. */
  public static Optional<ManagedPolicy> byArn(String arn) {
    return Arrays.stream(values()).filter(policy -> policy.arn().equals(arn)).findFirst();
  }

  public String policyName() {
    return policyName;
  }

  public String arn() {
    return ARN + policyName;
  }

  public PolicyDocument document() {
    return document;
  }
}

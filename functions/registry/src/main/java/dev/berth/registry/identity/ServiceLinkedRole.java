package dev.berth.registry.identity;

import java.util.Arrays;
import java.util.Optional;

/**
 * The roles that a service makes and only it can assume (guide, "Using service-linked roles for
 * Amazon ECR").
 */
public enum ServiceLinkedRole {
  ECR_REPLICATION(
      "AWSServiceRoleForECRReplication",
      "replication.ecr.amazonaws.com",
      "Allows Amazon ECR to replicate images across multiple accounts.",
      "ECRReplicationServiceRolePolicy",
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Action": [
              "ecr:CreateRepository",
              "ecr:ReplicateImage"
            ],
            "Resource": "*"
          }
        ]
      }\
      """);

  /** What the paths of such roles begin with, and of no others. */
  public static final String PATH = "/aws-service-role/";

  private final String roleName;
  private final String service;
  private final String description;
  private final String policyName;
  private final String permissions;

  ServiceLinkedRole(
      String roleName, String service, String description, String policyName, String permissions) {
    this.roleName = roleName;
    this.service = service;
    this.description = description;
    this.policyName = policyName;
    this.permissions = permissions;
  }

  public static Optional<ServiceLinkedRole> named(String roleName) {
    return Arrays.stream(values()).filter(role -> role.roleName.equals(roleName)).findFirst();
  }

  /** Whether no other role may have this name, whatever the case of its letters. */
  static boolean reserves(String roleName) {
    return Arrays.stream(values()).anyMatch(role -> role.roleName.equalsIgnoreCase(roleName));
  }

  /** The one whose policy this is. */
  public static Optional<ServiceLinkedRole> ofPolicy(String policyArn) {
    return Arrays.stream(values()).filter(role -> role.policyArn().equals(policyArn)).findFirst();
  }

  public String roleName() {
    return roleName;
  }

  public String path() {
    return PATH + service + "/";
  }

  public String description() {
    return description;
  }

  /** Of the AWS managed policy that is attached to the role and to nothing else. */
  public String policyName() {
    return policyName;
  }

  public String policyArn() {
    return "arn:aws:iam::aws:policy/aws-service-role/" + policyName;
  }

  /** What the role may do: the managed policy's document. */
  public String permissions() {
    return permissions;
  }

  /** Who may assume the role. */
  public String trustPolicy() {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"%s\"},\"Action\":\"sts:AssumeRole\"}]}"
        .formatted(service);
  }
}

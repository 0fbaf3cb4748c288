package dev.berth.lambda.ecr;

import dev.berth.core.oci.RepositoryName;

/** The ARNs of what actions are on (guide, "How Amazon ECR works with IAM"). */
public final class Arns {

  private Arns() {}

  public static String repository(String region, String account, RepositoryName name) {
    return "arn:aws:ecr:" + region + ":" + account + ":repository/" + name;
  }

  /** What a listing of repositories is on. */
  public static String allRepositories(String region, String account) {
    return "arn:aws:ecr:%s:%s:repository/*".formatted(region, account);
  }
}

package dev.berth.core.audit;

/**
 * What a call was about.
 *
 * @param accountId whose it is
 * @param type such as {@code AWS::ECR::Repository}
 */
public record AuditResource(String arn, String accountId, String type) {

  public static AuditResource repository(String region, String account, String name) {
    return new AuditResource(
        "arn:aws:ecr:" + region + ":" + account + ":repository/" + name,
        account,
        "AWS::ECR::Repository");
  }

  public static AuditResource key(String arn, String account) {
    return new AuditResource(arn, account, "AWS::KMS::Key");
  }
}

package dev.berth.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.store.Limits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What a deployment keeps must be safe, and found again by the next stack. */
@TestInstance(Lifecycle.PER_CLASS)
class StorageTest {

  private static final String TABLE = "AWS::DynamoDB::Table";
  private static final String BUCKET = "AWS::S3::Bucket";
  private static final String KEY = "AWS::KMS::Key";

  private Template template;

  @BeforeAll
  void synthesise() {
    assumeTrue(Programs.isOnPath("node"), "the CDK needs node, which is not on the path");
    template = Template.fromStack(new BerthStack(new App(), "Berth", StackProps.builder().build()));
  }

  @Test
  void tableAndBucketAndKeyOutliveTheStack() {
    for (String type : List.of(TABLE, BUCKET, KEY)) {
      template.hasResource(
          type, Map.of("DeletionPolicy", "Retain", "UpdateReplacePolicy", "Retain"));
    }
    template.hasResourceProperties(TABLE, Map.of("DeletionProtectionEnabled", true));
  }

  /** A new name would leave the data behind under the old one. */
  @Test
  void theirNamesInTheStackNeverChange() {
    assertThat(template.findResources(TABLE)).containsOnlyKeys("StorageTableB43FDCE7");
    assertThat(template.findResources(BUCKET)).containsOnlyKeys("StorageObjectsAC4CDBF6");
    assertThat(template.findResources(KEY)).containsOnlyKeys("StorageKeyBAA9457B");
  }

  @Test
  void theTableHasTheKeysOfTheAdapters() {
    template.hasResourceProperties(
        TABLE,
        Map.of(
            "KeySchema",
            List.of(
                Map.of("AttributeName", Limits.PARTITION, "KeyType", "HASH"),
                Map.of("AttributeName", Limits.SORT, "KeyType", "RANGE"))));
  }

  @Test
  void whatWasDeletedIsKeptAsLongAsTheTableCanBeRestored() {
    template.hasResourceProperties(
        TABLE,
        Map.of(
            "PointInTimeRecoverySpecification",
            Map.of("PointInTimeRecoveryEnabled", true, "RecoveryPeriodInDays", 35)));
    template.hasResourceProperties(
        BUCKET,
        Map.of(
            "VersioningConfiguration",
            Map.of("Status", "Enabled"),
            "LifecycleConfiguration",
            Map.of(
                "Rules",
                Match.arrayWith(
                    List.of(
                        Match.objectLike(
                            Map.of(
                                "NoncurrentVersionExpiration", Map.of("NoncurrentDays", 35))))))));
  }

  @Test
  void partsOfAbandonedUploadsAreRemoved() {
    template.hasResourceProperties(
        BUCKET,
        Map.of(
            "LifecycleConfiguration",
            Map.of(
                "Rules",
                Match.arrayWith(
                    List.of(
                        Match.objectLike(
                            Map.of(
                                "AbortIncompleteMultipartUpload",
                                Map.of("DaysAfterInitiation", 3))))))));
  }

  @Test
  void objectsAreReachedByTlsAloneAndNeverInPublic() {
    template.hasResourceProperties(
        BUCKET,
        Map.of(
            "PublicAccessBlockConfiguration",
            Map.of(
                "BlockPublicAcls", true,
                "BlockPublicPolicy", true,
                "IgnorePublicAcls", true,
                "RestrictPublicBuckets", true)));
    template.hasResourceProperties(
        "AWS::S3::BucketPolicy",
        Map.of(
            "PolicyDocument",
            Map.of(
                "Statement",
                Match.arrayWith(
                    List.of(
                        Match.objectLike(
                            Map.of(
                                "Effect",
                                "Deny",
                                "Condition",
                                Map.of("Bool", Map.of("aws:SecureTransport", "false")))))))));
  }

  @Test
  void oneKeyOfTheDeploymentEncryptsBoth() {
    template.hasResourceProperties(KEY, Map.of("EnableKeyRotation", true));
    template.hasResourceProperties(
        TABLE, Map.of("SSESpecification", Match.objectLike(Map.of("SSEType", "KMS"))));
    template.hasResourceProperties(
        BUCKET,
        Map.of(
            "BucketEncryption",
            Map.of(
                "ServerSideEncryptionConfiguration",
                List.of(Match.objectLike(Map.of("BucketKeyEnabled", true))))));
  }
}

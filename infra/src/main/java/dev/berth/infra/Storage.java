package dev.berth.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * What a deployment keeps: the table, the bucket of its objects, and the key of both. All three
 * outlive the stack, for the data is the user's.
 */
final class Storage extends Construct {

  /**
   * How far back the table can be restored. The bucket keeps what was deleted as long, so that a
   * table of then finds its objects.
   */
  private static final int RECOVERY_DAYS = 35;

  /** An upload's state lives for a day, and collection waits another one. */
  private static final int UPLOAD_DAYS = 3;

  private final Table table;
  private final Bucket bucket;

  Storage(Construct scope, String id) {
    super(scope, id);
    Key key =
        Key.Builder.create(this, "Key")
            .description("Encrypts the table and the objects of Berth")
            .enableKeyRotation(true)
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    this.table = table(key);
    this.bucket = bucket(key);
  }

  private Table table(Key key) {
    return Table.Builder.create(this, "Table")
        .partitionKey(text("pk"))
        .sortKey(text("sk"))
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .encryption(TableEncryption.CUSTOMER_MANAGED)
        .encryptionKey(key)
        .pointInTimeRecoverySpecification(
            PointInTimeRecoverySpecification.builder()
                .pointInTimeRecoveryEnabled(true)
                .recoveryPeriodInDays(RECOVERY_DAYS)
                .build())
        .deletionProtection(true)
        .removalPolicy(RemovalPolicy.RETAIN)
        .build();
  }

  private Bucket bucket(Key key) {
    return Bucket.Builder.create(this, "Objects")
        .encryption(BucketEncryption.KMS)
        .encryptionKey(key)
        .bucketKeyEnabled(true)
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
        .enforceSsl(true)
        .minimumTlsVersion(1.2)
        .versioned(true)
        .lifecycleRules(
            List.of(
                LifecycleRule.builder()
                    .id("deleted-objects")
                    .noncurrentVersionExpiration(Duration.days(RECOVERY_DAYS))
                    .expiredObjectDeleteMarker(true)
                    .build(),
                LifecycleRule.builder()
                    .id("abandoned-uploads")
                    .abortIncompleteMultipartUploadAfter(Duration.days(UPLOAD_DAYS))
                    .build()))
        .removalPolicy(RemovalPolicy.RETAIN)
        .build();
  }

  private static Attribute text(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }

  Table table() {
    return table;
  }

  Bucket bucket() {
    return bucket;
  }
}

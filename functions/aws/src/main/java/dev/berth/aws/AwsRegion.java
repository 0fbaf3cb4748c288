package dev.berth.aws;

import dev.berth.aws.dynamodb.DynamoDbTable;
import dev.berth.aws.dynamodb.DynamoDbTables;
import dev.berth.aws.kms.AwsKms;
import dev.berth.aws.kms.WrappedSecret;
import dev.berth.aws.s3.S3Buckets;
import dev.berth.aws.s3.S3Clients;
import dev.berth.aws.s3.S3Objects;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.StoreException;
import dev.berth.registry.store.Table;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The stores of one region for a host outside of AWS: endpoints and credentials come from where the
 * SDK looks for them, such as AWS_ENDPOINT_URL_S3 and AWS_ACCESS_KEY_ID, and what is absent is
 * made. Closing ends the connections of what was opened.
 */
public final class AwsRegion implements AutoCloseable {

  private final String region;
  private final List<SdkAutoCloseable> opened = new ArrayList<>();

  /**
   * @param region by its code, such as us-east-1
   */
  public AwsRegion(String region) {
    this.region = region;
  }

  /**
   * Items in a DynamoDB table of this name, which is made if it is absent.
   *
   * @throws StoreException if it can be neither found nor made
   */
  public Table table(String name) {
    return found(
        "DynamoDB table " + name,
        () -> {
          var client = add(DynamoDbClient.builder().region(Region.of(region)).build());
          DynamoDbTables.createIfAbsent(client, name);
          return new DynamoDbTable(client, name);
        });
  }

  /**
   * Objects in a bucket of this name, which is made if it is absent. It is addressed by path, so
   * that any S3 on this machine is found without a host name for the bucket.
   *
   * @throws StoreException if it can be neither found nor made
   */
  public Objects objects(String bucket) {
    return found(
        "S3 bucket " + bucket,
        () -> {
          var byPath = S3Configuration.builder().pathStyleAccessEnabled(true).build();
          var client =
              add(
                  S3Clients.builder()
                      .region(Region.of(region))
                      .serviceConfiguration(byPath)
                      .build());
          var presigner =
              add(
                  S3Presigner.builder()
                      .region(Region.of(region))
                      .serviceConfiguration(byPath)
                      .build());
          S3Buckets.createIfAbsent(client, bucket, region);
          return new S3Objects(client, presigner, bucket);
        });
  }

  /**
   * The keys of KMS.
   *
   * @param role the ARN of the principal that grants are made to, which should be the one whose
   *     credentials these are; the account of the key where it is empty
   */
  public EncryptionKeys keys(Optional<String> role) {
    var client = add(KmsClient.builder().region(Region.of(region)).build());
    return new AwsKms(
        client, new AwsKms.Settings(region, role, "alias/berth/ecr"), Clock.systemUTC());
  }

  /**
   * The deployment's secret, which is kept in the home region's table and made if it is absent.
   *
   * @param key of KMS that wraps it: an id, an ARN, or an alias
   * @throws StoreException if KMS does not let it be used
   */
  public DeploymentSecret secret(String key, Table home) {
    var client = add(KmsClient.builder().region(Region.of(region)).build());
    return new WrappedSecret(client, key, home).load();
  }

  private <T extends SdkAutoCloseable> T add(T client) {
    opened.add(client);
    return client;
  }

  private static <T> T found(String what, Supplier<T> store) {
    try {
      return store.get();
    } catch (SdkException e) {
      throw new StoreException("cannot use " + what + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    opened.reversed().forEach(SdkAutoCloseable::close);
  }
}

package dev.berth.aws.s3;

import dev.berth.registry.store.Objects;
import dev.berth.registry.store.ObjectsContract;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Any server that speaks S3, with the credentials of the environment. */
@EnabledIfEnvironmentVariable(
    named = S3EndpointContractTest.ENDPOINT,
    matches = ".+",
    disabledReason = "BERTH_TEST_S3_ENDPOINT names no S3 endpoint to test with")
class S3EndpointContractTest extends ObjectsContract {

  static final String ENDPOINT = "BERTH_TEST_S3_ENDPOINT";

  private static S3Fixture fixture;

  @BeforeAll
  static void makeBucket() {
    Region region = Region.of(Optional.ofNullable(System.getenv("AWS_REGION")).orElse("us-east-1"));
    fixture =
        S3Fixture.at(
                URI.create(System.getenv(ENDPOINT)),
                region,
                DefaultCredentialsProvider.builder().build(),
                "berth-test-" + UUID.randomUUID())
            .withNewBucket();
  }

  @AfterAll
  static void removeBucket() {
    fixture.s3().deleteBucket(request -> request.bucket(fixture.bucket()));
    fixture.close();
  }

  @Override
  protected Objects objects() {
    return fixture.objects();
  }

  @Override
  protected URI linkSignedAt(Instant time, String key, Objects.Method method, Duration validity) {
    return fixture.linkSignedAt(time, key, method, validity);
  }
}
